import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { postGraphql } from '../kit/http.ts';
import { TEST_SECRET } from '../kit/secret.ts';
import { temporaryFolder } from './folders.ts';
import { type Launched, launch, scriptsOf } from './launched.ts';

const PAGE = JSON.stringify({
  query: `{
    user(id: "user_1") { handle }
    product(id: "product_1") { title coverImage { alt } }
    cart(token: "readme-guest-cart") { totals { amount } }
    trending(first: 1) { reason { text } }
  }`,
});

/** A request that the router has begun to read, and that waits for its end. */
const beginRequest = async ({ port }: Launched) => {
  const asked = httpRequest(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(PAGE),
      expect: '100-continue',
    },
  });
  asked.flushHeaders();
  await once(asked, 'continue');
  return {
    finish: async () => {
      asked.end(PAGE);
      const [response] = await once(asked, 'response');
      return JSON.parse(Buffer.concat(await response.toArray()).toString());
    },
  };
};

const untilLogged = async (folder: string, words: string): Promise<void> => {
  while (!readFileSync(path.join(folder, 'emporium.log'), 'utf8').includes(words)) await sleep(20);
};

describe('npm start -- --topology', { timeout: 120_000 }, () => {
  it('monolith is one process, which finishes requests before its databases go', async () => {
    using folder = temporaryFolder();
    const args = ['--topology', 'monolith'];
    await using launched = await launch(folder.path, { args, seed: 'auto' });
    await launched.ready();
    expect(scriptsOf(launched)).toEqual(['payments/main.js', 'stack/monolith.js']);
    expect(launched.screen()).toContain(
      'Processes router with users, catalog, cart, media, recommendations; payments\n',
    );

    const underWay = await beginRequest(launched);
    launched.process.kill('SIGINT');
    await untilLogged(folder.path, '"draining"');
    const { data, errors } = await underWay.finish();
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      user: { handle: expect.any(String) },
      product: { title: expect.any(String), coverImage: { alt: expect.any(String) } },
      cart: { totals: [{ amount: expect.any(String) }] },
      trending: [{ reason: { text: expect.any(String) } }],
    });
    expect(await launched.ended()).toBe(0);
    expect(launched.servants()).toEqual([]);
  });

  it('FILE mixes them, and leaves alone what runs elsewhere', async () => {
    using folder = temporaryFolder();
    const file = path.join(folder.path, 'topology.yaml');
    writeFileSync(
      file,
      `subgraphs:
  users: in-process
  cart: in-process
  recommendations:
    urls: [http://127.0.0.1:1/graphql, http://127.0.0.1:2/graphql]
`,
    );
    await using launched = await launch(folder.path, {
      args: ['--topology', file],
      seed: 'auto',
      settings: { SIGNING_SECRET: TEST_SECRET },
    });
    await launched.ready();
    expect(scriptsOf(launched)).toEqual([
      'payments/main.js',
      'stack/monolith.js',
      'subgraphs/catalog/main.js',
      'subgraphs/media/main.js',
    ]);
    expect(launched.screen()).toContain(
      'Processes router with users, cart; catalog; media; payments\n',
    );
    expect(launched.screen()).toContain('Elsewhere recommendations (127.0.0.1:1, 127.0.0.1:2)\n');
    const { roles } = JSON.parse(readFileSync(path.join(folder.path, 'database.json'), 'utf8'));
    expect(Object.keys(roles).sort()).toEqual(['cart', 'catalog', 'media', 'payments', 'users']);

    const { data, errors } = await postGraphql(`http://127.0.0.1:${launched.port}/graphql`, PAGE);
    expect(data).toMatchObject({
      user: { handle: expect.any(String) },
      cart: { totals: [{ amount: expect.any(String) }] },
      trending: null,
    });
    expect(errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'recommendations' } },
    ]);

    launched.process.kill('SIGINT');
    expect(await launched.ended()).toBe(0);
    expect(launched.servants()).toEqual([]);
  });
});
