import { expect, test } from 'vitest';
import { startCountedRouter } from '../../kit/counted-router.ts';

test('an operation is planned once, by whatever variables it is asked', async () => {
  await using router = await startCountedRouter({
    sdl: 'type Query { a(n: Int): Int b: Int }',
    resolvers: { Query: { a: (_root: unknown, { n }: { n?: number }) => n ?? 0, b: () => 2 } },
  });
  const query = 'query ($n: Int) { a(n: $n) }';
  expect((await router.ask(query, { variables: { n: 1 } })).body.data).toEqual({ a: 1 });
  await Promise.all([router.ask(query, { variables: { n: 2 } }), router.ask(query)]);
  expect(router.plans).toHaveLength(1);
  await Promise.all([router.ask('{ b }'), router.ask('{ b }')]);
  expect(router.plans).toHaveLength(2);
});

test('what depends on a condition is planned for each of its outcomes', async () => {
  await using router = await startCountedRouter({ sdl: 'type Query { a: Int b: Int }' });
  const query = 'query ($on: Boolean!) { a b @include(if: $on) }';
  for (const on of [true, false, true, false]) await router.ask(query, { variables: { on } });
  expect(router.plans).toHaveLength(2);
});
