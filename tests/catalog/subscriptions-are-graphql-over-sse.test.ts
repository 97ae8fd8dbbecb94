import { createClient } from 'graphql-sse';
import { request } from 'undici';
import { afterEach, expect, test, vi } from 'vitest';
import { signRequest } from '../../contract/signature.ts';
import { GUEST } from '../../contract/viewer.ts';
import { SubgraphFailure } from '../../router/transport/failure.ts';
import { TEST_SECRET } from '../kit/secret.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import { next, setPrice, startWithItems, watch } from './watching.ts';

afterEach(() => {
  vi.useRealTimers();
});

const signed = (body: string) => ({
  ...signRequest(TEST_SECRET, 'catalog', { viewer: GUEST, clientAddress: null }, body),
});

/** Asks for events, and gives the answer as it is. */
const ask = (subgraph: TestSubgraph, graphql: object) => {
  const body = JSON.stringify(graphql);
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  return request(`${subgraph.url}/graphql`, {
    method: 'POST',
    headers: { ...headers, ...signed(body) },
    body,
  });
};

const CURRENT = 'subscription { productChanged(ids: ["product_a"], includeCurrent: true) { id } }';

test('the client of graphql-sse is served', async () => {
  await using subgraph = await startWithItems('product_a');
  const client = createClient({
    url: `${subgraph.url}/graphql`,
    fetchFn: (url: string, init: RequestInit & { body: string }) =>
      fetch(url, { ...init, headers: { ...init.headers, ...signed(init.body) } }),
  });
  const events = client.iterate({ query: CURRENT });
  const event = { value: { data: { productChanged: { id: 'product_a' } } } };
  expect(await events.next()).toMatchObject(event);
  const waiting = events.next();
  await setPrice(subgraph, 'product_a', 100);
  expect(await waiting).toMatchObject(event);
  await events.return?.();
});

test.each([
  ['GRAPHQL_PARSE_FAILED', { query: 'subscription {' }],
  ['GRAPHQL_VALIDATION_FAILED', { query: 'subscription { productSold { id } }' }],
  ['OPERATION_RESOLUTION_FAILURE', { query: CURRENT, operationName: 'Other' }],
  ['BAD_USER_INPUT', { query: 'subscription($ids: [ID!]!) { productChanged(ids: $ids) { id } }' }],
  ['BAD_REQUEST', { query: '{ categories { id } }' }],
  ['BAD_REQUEST', { query: CURRENT, variables: [] }],
  ['BAD_REQUEST', { text: CURRENT }],
])('what cannot be begun is answered as JSON with %s', async (code, graphql) => {
  await using subgraph = await startWithItems();
  const { statusCode, headers, body } = await ask(subgraph, graphql);
  expect(statusCode).toBe(400);
  expect(headers['content-type']).toContain('application/json');
  expect(await body.json()).toMatchObject({ errors: [{ extensions: { code } }] });
});

test('a subscription that does not ask for events is refused', async () => {
  await using subgraph = await startWithItems();
  const { data, errors } = await subgraph.query({ document: CURRENT });
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
});

test('silence is broken by heartbeats', async () => {
  await using subgraph = await startWithItems('product_a');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { statusCode, headers, body } = await ask(subgraph, { query: CURRENT });
  expect([statusCode, headers['content-type']]).toEqual([200, 'text/event-stream']);
  let text = '';
  for await (const chunk of body) {
    text += chunk;
    if (text.endsWith('}\n\n')) vi.advanceTimersByTime(25_000);
    if (text.endsWith('\n\n:\n\n:\n\n')) break;
  }
  expect(text).toBe(
    ':\n\nevent: next\ndata: {"data":{"productChanged":{"id":"product_a"}}}\n\n:\n\n:\n\n',
  );
});

test('a server that stops ends its subscriptions, so that the router can go on with another', async () => {
  await using subgraph = await startWithItems('product_a');
  const events = watch(subgraph, ['product_a']);
  await next(events);
  const waiting = events.next();
  await Promise.all([
    subgraph.stop(),
    expect(waiting).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      cause: new Error('the stream ended uncompleted'),
    }),
  ]);
  await expect(waiting).rejects.toBeInstanceOf(SubgraphFailure);
});

test('a server that stops does not wait for a router that does not read', async () => {
  await using subgraph = await startWithItems('product_a');
  await subgraph.pool.query('UPDATE products SET description = $1', ['x'.repeat(5_000)]);
  const many = Array.from({ length: 4_000 }, (_, n) => `d${n}: description`).join(' ');
  const query = CURRENT.replace('{ id }', `{ ${many} }`);
  const { body } = await ask(subgraph, { query });
  await subgraph.stop();
  body.on('error', () => {}).destroy();
});
