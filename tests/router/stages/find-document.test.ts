import { createHash } from 'node:crypto';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GraphqlResult, postGraphql } from '../../kit/http.ts';
import { type Routed, startRouted } from '../../kit/routed.ts';
import { startTestRouter } from '../../kit/router.ts';

const NUMBERS = {
  numbers: {
    sdl: 'type Query { one: Int two: Int }',
    resolvers: { Query: { one: () => 1, two: () => 2 } },
  },
};

let routed: Routed;
beforeAll(async () => {
  routed = await startRouted(NUMBERS);
});
afterAll(() => routed[Symbol.asyncDispose]());

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

const send = (body: object, url = routed.router.url): Promise<GraphqlResult> =>
  postGraphql(`${url}/graphql`, JSON.stringify(body), {
    accept: 'application/graphql-response+json',
  });

const named = (sha256Hash: unknown, rest: object = {}) => ({
  ...rest,
  extensions: { persistedQuery: { version: 1, sha256Hash } },
});

const codeOf = ({ errors }: GraphqlResult): unknown => errors?.[0]?.extensions?.['code'];

test('a document that was sent once with its hash is found by the hash alone', async () => {
  const query = '{ one }';
  const unknown = await send(named(hash(query)));
  expect(unknown).toMatchObject({ status: 200, errors: [{ message: 'PersistedQueryNotFound' }] });
  expect(codeOf(unknown)).toBe('PERSISTED_QUERY_NOT_FOUND');

  expect((await send(named(hash(query), { query }))).data).toEqual({ one: 1 });
  expect((await send(named(hash(query)))).data).toEqual({ one: 1 });
});

test('by GET too, as a cache between would want it', async () => {
  const query = '{ two }';
  await send(named(hash(query), { query }));
  const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash(query) } });
  const url = `${routed.router.url}/graphql?${new URLSearchParams({ extensions })}`;
  const answer = await request(url, { headers: { 'apollo-require-preflight': '1' } });
  expect(await answer.body.json()).toEqual({ data: { two: 2 } });
});

test('nobody puts a document under the hash of another', async () => {
  const victim = hash('{ one two }');
  const planted = await send(named(victim, { query: '{ two }' }));
  expect([planted.status, codeOf(planted)]).toEqual([400, 'BAD_REQUEST']);
  expect(codeOf(await send(named(victim)))).toBe('PERSISTED_QUERY_NOT_FOUND');
});

test.each([
  ['no hash', { version: 1 }],
  ['a hash that is too short', { version: 1, sha256Hash: 'abc' }],
  ['another version', { version: 2, sha256Hash: hash('{ one }') }],
  ['no object', 'abc'],
])('%s is told to be none', async (_what, persistedQuery) => {
  const answer = await send({ query: '{ one }', extensions: { persistedQuery } });
  expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
});

test('what is kept stays within its bytes, the least used goes', async () => {
  await using small = await startTestRouter({
    supergraph: routed.federation.supergraph,
    persistedQueryBytes: 1_024,
  });
  const [first = '', ...others] = Array.from({ length: 4 }, (_, n) => `{ one two${n}: two }`);
  for (const query of [first, ...others])
    expect((await send(named(hash(query), { query }), small.url)).errors).toBeUndefined();
  expect(codeOf(await send(named(hash(first)), small.url))).toBe('PERSISTED_QUERY_NOT_FOUND');
  const last = others.at(-1) ?? '';
  expect((await send(named(hash(last)), small.url)).errors).toBeUndefined();
});

test('where it is off clients are told so, and send documents as before', async () => {
  await using off = await startTestRouter({
    supergraph: routed.federation.supergraph,
    persistedQueries: false,
  });
  const query = '{ one }';
  expect((await send(named(hash(query), { query }), off.url)).data).toEqual({ one: 1 });
  const unknown = await send(named(hash(query)), off.url);
  expect(unknown.errors?.[0]?.message).toBe('PersistedQueryNotSupported');
  expect(codeOf(unknown)).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
});
