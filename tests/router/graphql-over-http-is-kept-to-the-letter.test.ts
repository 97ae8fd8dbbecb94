import { auditServer } from 'graphql-http';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { startTestRouter } from '../kit/router.ts';

test('graphql-http’s audit finds nothing to object to', async () => {
  await using router = await startTestRouter();
  const results = await auditServer({
    url: `${router.url}/graphql`,
    // The audit's GETs are a page's own: they say so, or CSRF prevention would answer them.
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': 'audit' } }),
  });
  const objections = results.filter(({ status }) => status !== 'ok').map(({ name }) => name);
  expect(results.length).toBeGreaterThan(50);
  expect(objections).toEqual([]);
});

test('GET runs queries and no mutations', async () => {
  await using router = await startTestRouter();
  const get = (query: string) =>
    request(`${router.url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { 'apollo-require-preflight': 'test' },
    });
  const query = await get('{ __typename }');
  expect(await query.body.json()).toEqual({ data: { __typename: 'Query' } });
  const mutation = await get('mutation { createGuestCart { token } }');
  expect(mutation.statusCode).toBe(405);
  expect(mutation.headers['allow']).toBe('POST');
  await mutation.body.dump();
});

test.each([
  [
    'a body over the limit',
    413,
    'PAYLOAD_TOO_LARGE',
    JSON.stringify({ query: ' '.repeat(110_000) }),
    {},
  ],
  ['a body that is not JSON', 400, 'BAD_REQUEST', '{', {}],
  [
    'plain text, which pages of other sites can post',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    '{"query":"{ __typename }"}',
    { 'content-type': 'text/plain' },
  ],
  [
    'a form',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'query={a}',
    { 'content-type': 'application/x-www-form-urlencoded' },
  ],
  [
    'an accept that nobody can meet',
    406,
    'NOT_ACCEPTABLE',
    '{"query":"{ __typename }"}',
    { accept: 'image/png' },
  ],
])('%s is refused with %d %s', async (_what, status, code, body, headers) => {
  await using router = await startTestRouter();
  const response = await request(`${router.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  expect(response.statusCode).toBe(status);
  expect(await response.body.json()).toMatchObject({ errors: [{ extensions: { code } }] });
});
