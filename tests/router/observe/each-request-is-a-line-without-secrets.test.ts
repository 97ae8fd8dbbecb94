import { createHash } from 'node:crypto';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { openSocket } from '../../kit/socket.ts';
import { ITEMS, startWatched } from './arrange.ts';

test('a line says who asked for what, what became of it, and what each subgraph did', async () => {
  await using watched = await startWatched();
  await watched.router.query(ITEMS, { user: 'user_7' });
  const line = await watched.until('request');
  expect(line).toMatchObject({
    kind: 'query',
    operation: 'Items',
    document: createHash('sha256').update(ITEMS).digest('hex').slice(0, 16),
    viewer: 'user',
    user: 'user_7',
    address: '127.0.0.1',
    outcome: 'answered',
    cost: expect.any(Number),
    subgraphs: {
      goods: { calls: 1, failed: 0, retries: 0 },
      people: { calls: 1, failed: 0, retries: 0 },
    },
  });
  expect(line.ms).toBeGreaterThanOrEqual(line.subgraphs.goods.ms);
});

test('what is refused or incomplete is a line with the codes', async () => {
  await using watched = await startWatched();
  await watched.router.query('{ none }');
  expect(await watched.until('request')).toMatchObject({ outcome: 'GRAPHQL_VALIDATION_FAILED' });

  let from = watched.lines.length;
  await watched.router.query('query Broken { broken }');
  expect(await watched.until('request', from)).toMatchObject({
    operation: 'Broken',
    outcome: 'partial',
    errors: { SUBGRAPH_ERROR: 1 },
  });

  from = watched.lines.length;
  await watched.federation.subgraphs.people.goDown();
  await watched.router.query(ITEMS);
  expect(await watched.until('request', from)).toMatchObject({
    outcome: 'partial',
    subgraphs: { people: { failed: 1 } },
  });

  from = watched.lines.length;
  await request(`${watched.router.url}/graphql`, { method: 'POST', body: 'no JSON' });
  expect(await watched.until('request', from)).toMatchObject({
    outcome: 'UNSUPPORTED_MEDIA_TYPE',
  });
});

test('what something else stands in for is told, though it is no error', async () => {
  await using watched = await startWatched();
  await watched.router.query('{ rating }');
  const line = await watched.until('request');
  expect(line).toMatchObject({ outcome: 'degraded', degraded: { goods: 1 } });
  expect(line).not.toHaveProperty('errors');
});

test('a subscription is a line when it is opened, and one when it is over', async () => {
  await using watched = await startWatched();
  await using parts = await watched.router.subscribe('subscription Told { told }');
  expect(await parts.rest()).toHaveLength(3);
  expect(await watched.until('subscription opened')).toMatchObject({
    kind: 'subscription',
    operation: 'Told',
  });
  const ended = await watched.until('subscription ended');
  expect(ended).toMatchObject({ operation: 'Told', outcome: 'answered', results: 3 });
});

test('without the setting nothing is logged of requests', async () => {
  await using watched = await startWatched({ logRequests: false });
  await watched.router.query(ITEMS);
  expect(watched.lines.filter(({ msg }) => msg === 'request')).toEqual([]);
});

test('secrets are in no line and in no metric, wherever clients put them', async () => {
  await using watched = await startWatched();
  const { router } = watched;
  const post = (path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    request(`${router.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const search = 'query Search($search: String) { items(search: $search) { title } }';
  const literal = '{ items(search: "s3cret-literal") { title } }';
  const requests = [
    post('/graphql', { query: search, variables: { search: 's3cret-variable' } }),
    post('/graphql', { query: literal }),
    post('/graphql?key=s3cret-query', { query: ITEMS }, { cookie: 'sid=s3cret-cookie' }),
    post('/graphql', { query: ITEMS }, { authorization: 'Bearer s3cret-token' }),
    post('/graphql', { query: ITEMS }, { 'x-api-key': 's3cret-header' }),
    // None of these comes as far as to be known for what it is.
    post('/graphql', { query: ITEMS, operationName: 's3cret-name' }),
    post('/graphql', { query: `{ items(search: "s3cret-syntax" }` }),
    post('/graphql', { query: '{ items(search: 5, s3cretArgument: 1) { title } }' }),
    post('/s3cret-path', {}),
    request(`${router.url}/graphql?query=${encodeURIComponent(literal)}`, {
      headers: { 'apollo-require-preflight': 's3cret-preflight' },
    }),
  ];
  for (const each of await Promise.all(requests)) await each.body.dump();
  await using socket = await openSocket(`${router.url.replace('http', 'ws')}/graphql`);
  await socket.init({ password: 's3cret-parameter', headers: { cookie: 's3cret-init' } });
  socket.subscribe('1', literal);
  expect(await socket.next()).toMatchObject({ type: 'next' });

  const told = () => watched.lines.filter(({ msg }) => msg === 'request').length;
  expect(told()).toBe(requests.length + 1);
  expect(JSON.stringify(watched.lines)).not.toMatch(/s3cret/i);
  expect(await watched.metrics()).not.toMatch(/s3cret/i);
});
