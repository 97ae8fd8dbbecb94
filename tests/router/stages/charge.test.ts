import { expect, test } from 'vitest';
import { startCountedRouter } from '../../kit/counted-router.ts';

const ITEMS = {
  sdl: `type Query { items(first: Int!): [Item] @listSize(slicingArguments: ["first"]) a: Int }
    type Item { id: ID }`,
  resolvers: { Query: { items: () => [], a: () => 1 } },
};
const items = (first: number) => `{ items(first: ${first}) { id } }`;
const user = (id: string) => ({ headers: { 'emporium-development-user': id } });

test('a client spends what its operations are expected to cost, until nothing is left', async () => {
  await using router = await startCountedRouter(ITEMS, { costPerMinute: 10 });
  const ask = async (query: string, id: string) => (await router.ask(query, user(id))).status;
  expect(await ask(items(9), 'user_1')).toBe(200);
  // More than is left, but something is.
  expect(await ask(items(30), 'user_1')).toBe(200);
  expect(await ask(items(1), 'user_1')).toBe(429);
  expect(await ask(items(9), 'user_2')).toBe(200);
});

test('what is refused is neither planned nor asked, and says when to come back', async () => {
  await using router = await startCountedRouter(ITEMS, { costPerMinute: 5 });
  await router.ask(items(5));
  const { status, headers, body } = await router.ask(items(3));
  expect(status).toBe(429);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(body.errors[0]).toEqual({
    message: expect.stringContaining('(COST_PER_MINUTE)'),
    extensions: { code: 'RATE_LIMITED' },
  });
  expect(router.plans).toHaveLength(1);
  expect(router.federation.requests).toHaveLength(1);
});

test('what costs nothing is answered to whoever has spent all', async () => {
  await using router = await startCountedRouter(ITEMS, { costPerMinute: 1 });
  await router.ask(items(5));
  expect((await router.ask('{ a }')).body.data).toEqual({ a: 1 });
});
