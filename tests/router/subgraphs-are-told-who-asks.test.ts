import { expect, test } from 'vitest';
import { verifyRequest } from '../../contract/signature.ts';
import { startSmallFederation } from '../kit/federation.ts';
import { postGraphql } from '../kit/http.ts';
import { startTestRouter } from '../kit/router.ts';
import { TEST_SECRET } from '../kit/secret.ts';

const ECHO = { sdl: 'type Query { a: String }', resolvers: { Query: { a: () => 'a' } } };

test('every request to a subgraph is signed for its viewer, body and receiver', async () => {
  await using federation = await startSmallFederation({ echo: ECHO });
  await using router = await startTestRouter(federation);
  await router.query('{ a }', { user: 'user_7' });

  const { body = '', headers = {} } = federation.requests[0] ?? {};
  const verdict = verifyRequest(TEST_SECRET, 'echo', { ...headers }, body);
  expect(verdict).toMatchObject({
    accepted: true,
    caller: { viewer: { kind: 'user', id: 'user_7' }, clientAddress: '127.0.0.1' },
  });
});

test('a client cannot write those headers itself', async () => {
  await using federation = await startSmallFederation({ echo: ECHO });
  await using router = await startTestRouter(federation);
  await postGraphql(`${router.url}/graphql`, JSON.stringify({ query: '{ a }' }), {
    'emporium-caller': 'forged',
    'emporium-signature': 'forged',
  });
  const { body = '', headers = {} } = federation.requests[0] ?? {};
  const verdict = verifyRequest(TEST_SECRET, 'echo', { ...headers }, body);
  expect(verdict).toMatchObject({ accepted: true, caller: { viewer: { kind: 'guest' } } });
});

test('without a secret the router serves any supergraph, unsigned', async () => {
  await using federation = await startSmallFederation({ echo: ECHO });
  await using router = await startTestRouter({ ...federation, signingSecret: null });
  expect((await router.query('{ a }')).data).toEqual({ a: 'a' });
  expect(federation.requests[0]?.headers).not.toHaveProperty('emporium-signature');
});
