import { request } from 'undici';
import { expect, test } from 'vitest';
import { signRequest } from '../../contract/signature.ts';
import { GUEST } from '../../contract/viewer.ts';
import { SUBGRAPHS } from '../../stack/subgraphs.ts';
import { postGraphql } from '../kit/http.ts';
import { TEST_SECRET } from '../kit/secret.ts';
import { startSupergraph } from '../kit/supergraph.ts';

test('every subgraph refuses what the router did not sign, and tells only its health', async () => {
  await using market = await startSupergraph();
  const body = JSON.stringify({ query: '{ __typename }' });
  const caller = { viewer: GUEST, clientAddress: null };
  const forged = { ...signRequest('another key of thirty-two bytes!', 'users', caller, body) };

  for (const name of SUBGRAPHS) {
    const { url } = market.subgraphs[name];
    for (const headers of [{}, forged]) {
      const refused = await postGraphql(`${url}/graphql`, body, headers);
      expect(refused.status).toBe(403);
      expect(refused.data).toBeUndefined();
      expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    // Refused all the same, as by a service whose clock is wrong: which is for the router to know.
    const old = { ...signRequest(TEST_SECRET, name, caller, body, Date.now() - 120_000) };
    const late = await postGraphql(`${url}/graphql`, body, old);
    expect([late.status, late.data]).toEqual([503, undefined]);
    const empty = await request(`${url}/graphql`, { method: 'POST' });
    expect(empty.statusCode).toBe(403);
    await empty.body.dump();
    const get = await request(`${url}/graphql?query={__typename}`);
    expect(get.statusCode).toBe(404);
    await get.body.dump();
    for (const path of ['/health', '/ready']) {
      const open = await request(`${url}${path}`);
      expect(open.statusCode).toBe(200);
      await open.body.dump();
    }
  }
});
