import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueServiceToken } from '../../../contract/service-token.ts';
import { type CountedRouter, startCountedRouter } from '../../kit/counted-router.ts';
import { openParts } from '../../kit/parts.ts';
import { TEST_SECRET } from '../../kit/secret.ts';

const item = { id: '1', name: 'Lamp' };
const ITEMS = 'query ($n: Int!) { items(first: $n) { name } }';
let router: CountedRouter;

beforeAll(async () => {
  router = await startCountedRouter(
    {
      sdl: `type Query { items(first: Int!): [Item] @listSize(slicingArguments: ["first"]) item: Item }
        type Item { id: ID name: String twin: Item }
        type Mutation { add: Item }`,
      resolvers: {
        Query: { items: () => [item, item], item: () => item },
        Item: { twin: () => item },
        Mutation: { add: () => item },
      },
    },
    { maxCost: 20 },
    [ITEMS],
  );
});
afterAll(() => router[Symbol.asyncDispose]());

const REPORT = { 'emporium-cost': 'report' };

test('what an operation costs is told to whoever asks, beside what it is expected to and may', async () => {
  const { body } = await router.ask(ITEMS, { variables: { n: 9 }, headers: REPORT });
  expect(body).toEqual({
    data: { items: [{ name: 'Lamp' }, { name: 'Lamp' }] },
    extensions: { cost: { estimated: 9, actual: 2, max: 20 } },
  });
});

test('others are told nothing of it', async () => {
  const { body } = await router.ask(ITEMS, { variables: { n: 9 } });
  expect(body).not.toHaveProperty('extensions');
});

test('of an answer in parts, the estimate is of all and the measure of the first', async () => {
  const query = '{ item { id ... @defer { twin { name } } } }';
  await using parts = await openParts(router.url, { query }, 'defer', REPORT);
  const [first, ...rest] = await parts.rest();
  expect(first.extensions).toEqual({ cost: { estimated: 2, actual: 1, max: 20 } });
  expect(rest.every((part: object) => !('extensions' in part))).toBe(true);
});

test('a page of another origin may ask for it', async () => {
  const response = await fetch(router.url, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://localhost:5173',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,emporium-cost',
    },
  });
  expect(response.headers.get('access-control-allow-headers')).toContain('emporium-cost');
});

test('what costs more than it may is refused with both numbers, by its variables', async () => {
  expect((await router.ask(ITEMS, { variables: { n: 20 } })).status).toBe(200);
  const { status, body } = await router.ask(ITEMS, { variables: { n: 21 } });
  expect(status).toBe(400);
  expect(body.errors[0]).toEqual({
    message: expect.stringMatching(
      /costs 21, and may cost 20 \(MAX_COST\)\. Ask for shorter lists/,
    ),
    extensions: { code: 'OPERATION_TOO_EXPENSIVE' },
  });
});

test('a list that has to be given a size and is not is refused before any service is asked', async () => {
  const asked = router.federation.requests.length;
  const query = 'query ($n: Int = 3) { items(first: $n) { id } }';
  expect((await router.ask(query)).status).toBe(200);
  const { status, body } = await router.ask(query, { variables: { n: null } });
  expect([status, body.errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  expect(router.federation.requests).toHaveLength(asked + 1);
});

test('services are not priced', async () => {
  const headers = { authorization: `Service ${issueServiceToken(TEST_SECRET, 'cart')}` };
  const { body } = await router.ask(ITEMS, { variables: { n: 1_000 }, headers });
  expect(body.data.items).toHaveLength(2);
});
