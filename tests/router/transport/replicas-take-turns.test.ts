import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import type { Replicas } from '../../../router/transport/replicas.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { startSmallFederation } from '../../kit/federation.ts';
import { startTestRouter, type TestRouter } from '../../kit/router.ts';
import { startServer } from './arrange.ts';

const SDL = 'type Query { stock: Int } type Mutation { sell: Int }';

interface Shop extends AsyncDisposable {
  readonly router: TestRouter;
  /** How many requests each replica was sent; null for one that is down. */
  readonly counts: () => readonly (number | null)[];
}

/** A router before replicas of one subgraph. */
const startShop = (replicas: Replicas<'up' | 'is down' | 'hangs up'>): Promise<Shop> =>
  withCleanup(async ({ use }) => {
    const federation = use(await startSmallFederation({ shop: { sdl: SDL } }));
    const counts: (number | null)[] = [];
    const startReplica = async (state: (typeof replicas)[number], index: number) => {
      counts[index] = state === 'is down' ? null : 0;
      if (state === 'is down') return `http://127.0.0.1:${await closedPort()}/graphql`;
      const { port } = use(
        await startServer((request, response) => {
          request.resume();
          counts[index] = (counts[index] ?? 0) + 1;
          if (state === 'hangs up') request.socket.destroy();
          else response.end('{"data":{"stock":7,"sell":6}}');
        }),
      );
      return `http://127.0.0.1:${port}/graphql`;
    };
    const [first, ...others] = replicas;
    const urls: Replicas<string> = [
      await startReplica(first, 0),
      ...(await Promise.all(others.map((state, at) => startReplica(state, at + 1)))),
    ];
    const router = use(
      await startTestRouter({ supergraph: federation.supergraph, routingUrls: { shop: urls } }),
    );
    return { router, counts: () => counts };
  });

const closedPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
};

test('each replica is asked as often as the others', async () => {
  await using shop = await startShop(['up', 'up', 'up']);
  for (let round = 0; round < 9; round += 1) {
    expect(await shop.router.query('{ stock }')).toMatchObject({ data: { stock: 7 } });
  }
  expect(shop.counts()).toEqual([3, 3, 3]);
});

test.each(['is down', 'hangs up'] as const)(
  'a query whose replica %s goes to the next',
  async (state) => {
    await using shop = await startShop([state, 'up']);
    for (let round = 0; round < 4; round += 1) {
      const { data, errors } = await shop.router.query('{ stock }');
      expect(errors).toBeUndefined();
      expect(data).toEqual({ stock: 7 });
    }
    expect(shop.counts()).toEqual([state === 'is down' ? null : 2, 4]);
  },
);

test('a query is tried at two replicas, not at more', async () => {
  await using shop = await startShop(['hangs up', 'hangs up', 'up']);
  const { errors } = await shop.router.query('{ stock }');
  expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
  expect(shop.counts()).toEqual([1, 1, 0]);
});

test.each(['is down', 'hangs up'] as const)(
  'a mutation whose replica %s goes nowhere else',
  async (state) => {
    await using shop = await startShop([state, 'up']);
    const { data, errors } = await shop.router.query('mutation { sell }');
    expect(data).toEqual({ sell: null });
    expect(errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'shop' } },
    ]);
    expect(shop.counts()).toEqual([state === 'is down' ? null : 1, 0]);
  },
);
