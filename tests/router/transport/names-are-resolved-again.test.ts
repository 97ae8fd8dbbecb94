import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createLog } from '../../../process/log.ts';
import { readRouterSettings } from '../../../router/settings.ts';
import { openReplicas } from '../../../router/transport/resolve.ts';
import { wayToReplicas } from '../../../router/transport/way.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { ASKING, OPERATION } from './arrange.ts';

/** Servers at the same port of several loopback addresses, each of which says where it is. */
const startAt = (addresses: readonly string[]) =>
  withCleanup(async ({ defer }) => {
    let port = 0;
    for (const address of addresses) {
      const server = createServer((_request, response) =>
        response.end(`{"data":{"at":"${address}"}}`),
      );
      server.listen(port, address);
      await once(server, 'listening');
      ({ port } = server.address() as AddressInfo);
      defer(async () => {
        server.closeAllConnections();
        server.close();
      });
    }
    return { port };
  });

test('a subgraph is asked at the addresses that its name has now', async () => {
  await using servers = await startAt(['127.0.0.1', '127.0.0.2', '127.0.0.3']);
  let addresses: readonly string[] | Error = ['127.0.0.1', '127.0.0.2'];
  const log = createLog('test', 'silent');
  const settings = { ...readRouterSettings({}), dnsRefreshMs: 20 };
  const replicas = openReplicas(
    'shop',
    [`http://shop.test:${servers.port}/graphql`],
    settings,
    async (host) => {
      expect(host).toBe('shop.test');
      if (addresses instanceof Error) throw addresses;
      return addresses;
    },
    log,
  );
  const call = wayToReplicas(replicas.current, new Map(), settings, {
    begun: () => {},
    ended: () => {},
  });
  /** Where it is asked, over so many calls that nobody is left out by chance. */
  const expectAsked = async (expected: readonly string[]): Promise<void> => {
    const found = new Set<unknown>();
    const ask = async () => {
      const answer = await call(ASKING, OPERATION, '{}', null);
      found.add(JSON.parse(String(answer)).data.at);
      return [...found].sort();
    };
    for (let time = 0; time < 20; time += 1) await ask();
    // One that was slow by chance is asked again after a while.
    await expect.poll(ask, { timeout: 20_000 }).toEqual(expected);
  };

  await expect.poll(() => replicas.current().length).toBe(2);
  await expectAsked(['127.0.0.1', '127.0.0.2']);
  const [, stays] = replicas.current();

  addresses = ['127.0.0.2', '127.0.0.3'];
  await expect.poll(() => replicas.current()[0]).toBe(stays);
  await expectAsked(['127.0.0.2', '127.0.0.3']);

  // What cannot be resolved stays where it was.
  addresses = new Error('EAI_AGAIN');
  await new Promise((resolve) => setTimeout(resolve, 60));
  await expectAsked(['127.0.0.2', '127.0.0.3']);
  await replicas.close();
});
