import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CountedRouter, startCountedRouter } from '../../kit/counted-router.ts';
import { openSocket } from '../../kit/socket.ts';

const LISTS = {
  sdl: `type Query { items(first: Int!): [Item] @listSize(slicingArguments: ["first"]) heavy: Int @cost(weight: 100) a: Int }
    type Item { id: ID others(first: Int!): [Item] @listSize(slicingArguments: ["first"]) }
    type Mutation { add: Item }`,
  resolvers: { Query: { items: () => [], heavy: () => 1, a: () => 1 } },
};

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

const start = (): Promise<CountedRouter> => startCountedRouter(LISTS, { maxCost: 50 });

/** One that is asked nothing that it may answer. */
let refusing: CountedRouter;
beforeAll(async () => {
  refusing = await start();
});
afterAll(() => refusing[Symbol.asyncDispose]());

const ITEMS = 'query ($n: Int!) { items(first: $n) { id } }';
const sized = (n: number) => ({ variables: { n } });

test.each([
  ['a long list', '{ items(first: 51) { id } }'],
  ['lists in lists', '{ items(first: 7) { others(first: 7) { id } } }'],
  [
    'one thing under many names',
    `{ ${range(6)
      .map((n) => `i${n}: items(first: 9) { id }`)
      .join(' ')} }`,
  ],
  ['a dear field', '{ heavy }'],
  ['a dear field among cheap ones, in a fragment', '{ a ...f } fragment f on Query { heavy }'],
  ['what is deferred', '{ a ... on Query @defer { heavy } }'],
])('%s: nothing is planned and nobody is asked', async (_what, query) => {
  const { status, body } = await refusing.ask(query);
  expect(status).toBe(400);
  expect(body.errors[0].extensions.code).toBe('OPERATION_TOO_EXPENSIVE');
  expect(refusing.plans).toEqual([]);
  expect(refusing.federation.requests).toEqual([]);
});

test('an operation that is planned already is refused by what it is asked with', async () => {
  await using router = await start();
  expect((await router.ask(ITEMS, sized(50))).status).toBe(200);
  expect((await router.ask(ITEMS, sized(51))).status).toBe(400);
  expect((await router.ask(ITEMS, sized(50))).status).toBe(200);
  expect(router.plans).toHaveLength(1);
  expect(router.federation.requests).toHaveLength(2);
});

test('asked for the first time by many at once, each is judged by itself', async () => {
  await using router = await start();
  const answers = await Promise.all([1, 1_000, 2, 2_000].map((n) => router.ask(ITEMS, sized(n))));
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 200, 400]);
  expect(router.plans).toHaveLength(1);
});

test('what is skipped costs nothing, what is included does', async () => {
  await using router = await start();
  const query = 'query ($on: Boolean!) { a heavy @include(if: $on) }';
  expect((await router.ask(query, { variables: { on: true } })).status).toBe(400);
  expect((await router.ask(query, { variables: { on: false } })).body.data).toEqual({ a: 1 });
});

test('on a WebSocket too', async () => {
  await using socket = await openSocket(refusing.url.replace('http', 'ws'));
  await socket.init();
  socket.subscribe('1', '{ heavy }');
  expect(await socket.next()).toMatchObject({
    type: 'error',
    payload: [{ extensions: { code: 'OPERATION_TOO_EXPENSIVE' } }],
  });
  expect(refusing.plans).toEqual([]);
});

test('a supergraph that says nothing of costs has no limit by default, one that does has', async () => {
  const heavy = `{ ${range(30)
    .map((n) => `i${n}: items(first: 1000) { id }`)
    .join(' ')} }`;
  const { sdl } = LISTS;
  await using silent = await startCountedRouter({
    sdl: sdl.replaceAll(/@(listSize|cost)\(.*?\)/g, ''),
  });
  expect((await silent.ask(heavy)).status).toBe(200);
  await using telling = await startCountedRouter(LISTS);
  expect((await telling.ask(heavy)).body.errors[0].message).toContain('may cost 10000 (MAX_COST)');
  await using unlimited = await startCountedRouter(LISTS, { maxCost: 0 });
  expect((await unlimited.ask(heavy)).status).toBe(200);
});
