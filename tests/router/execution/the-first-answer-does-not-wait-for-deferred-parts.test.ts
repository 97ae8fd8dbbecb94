import { expect, test } from 'vitest';
import { createGate } from '../../kit/gate.ts';
import { startRouted } from '../../kit/routed.ts';
import { BOOKS } from './shop.ts';

test('the first answer comes before slow parts, and each part when its own fetches are done', async () => {
  const price = createGate();
  const stock = createGate();
  const slow = (field: string, gate: { readonly passed: Promise<void> }) => ({
    sdl: `type Query { ${field}s: Int } type Book @key(fields: "id") { id: ID! ${field}: Int }`,
    resolvers: {
      Book: {
        __resolveReference: ({ id }: { id: string }) => ({
          id,
          [field]: () => gate.passed.then(() => 7),
        }),
      },
    },
  });
  await using routed = await startRouted({
    books: BOOKS,
    prices: slow('price', price),
    stocks: slow('stock', stock),
  });
  await using parts = await routed.router.defer(
    '{ book { title ... @defer(label: "p") { price } ... @defer(label: "s") { stock } } }',
  );
  expect(await parts.next()).toEqual({ data: { book: { title: 'title 1' } }, hasNext: true });

  stock.open();
  expect(await parts.next()).toEqual({
    hasNext: true,
    incremental: [{ data: { stock: 7 }, path: ['book'], label: 's' }],
  });
  price.open();
  expect(await parts.next()).toEqual({
    hasNext: false,
    incremental: [{ data: { price: 7 }, path: ['book'], label: 'p' }],
  });
  expect(await parts.next()).toBeUndefined();
});

test('a part begins when what it needs is there, though the first answer is not', async () => {
  const motto = createGate();
  const asked = createGate();
  await using routed = await startRouted({
    books: BOOKS,
    slow: {
      sdl: 'type Query { slow: String }',
      resolvers: { Query: { slow: () => motto.passed.then(() => 'at last') } },
    },
    prices: {
      sdl: 'type Query { p: Int } type Book @key(fields: "id") { id: ID! price: Int }',
      resolvers: {
        Book: {
          __resolveReference: ({ id }: { id: string }) => {
            asked.open();
            return { id, price: 7 };
          },
        },
      },
    },
  });
  const opening = routed.router.defer('{ slow book { id ... @defer { price } } }');
  await asked.passed;
  motto.open();
  await using parts = await opening;
  expect(await parts.rest()).toEqual([
    { data: { slow: 'at last', book: { id: '1' } }, hasNext: true },
    { hasNext: false, incremental: [{ data: { price: 7 }, path: ['book'] }] },
  ]);
});

test('a quick part in a slow one goes out after it', async () => {
  const slow = createGate();
  const asked = createGate();
  const quick = () => {
    asked.open();
    return 2;
  };
  await using routed = await startRouted({
    slow: {
      sdl: 'type Query { first: Int slow: Int }',
      resolvers: { Query: { first: () => 0, slow: () => slow.passed.then(() => 1) } },
    },
    quick: { sdl: 'type Query { quick: Int }', resolvers: { Query: { quick } } },
  });
  await using parts = await routed.router.defer(`{ first
    ... @defer(label: "slow") { slow ... @defer(label: "quick") { quick } }
  }`);
  await asked.passed;
  // By now the answer of the quick one is there.
  await routed.router.query('{ quick }');
  slow.open();
  const [, ...rest] = await parts.rest();
  expect(rest.flatMap(({ incremental = [] }) => incremental)).toEqual([
    { data: { slow: 1 }, path: [], label: 'slow' },
    { data: { quick: 2 }, path: [], label: 'quick' },
  ]);
});
