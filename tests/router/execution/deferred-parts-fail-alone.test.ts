import { expect, test } from 'vitest';
import type { SmallSubgraph } from '../../kit/federation.ts';
import { startRouted } from '../../kit/routed.ts';
import { BOOKS, fails, gatherParts, PRICES } from './shop.ts';

test('an error in a part is told with the part, by its whole path', async () => {
  await using routed = await startRouted({ books: BOOKS, prices: PRICES });
  await using parts = await routed.router.defer(
    '{ books { title ... @defer { cost: price stock { left place } } } }',
  );
  const { first, patches } = await gatherParts(parts);
  expect(first.errors).toBeUndefined();
  expect(patches).toEqual([
    { data: { cost: 7, stock: { left: 5, place: 'shelf 1' } }, path: ['books', 0] },
    {
      data: { cost: null, stock: null },
      path: ['books', 1],
      errors: [
        {
          message: 'Cannot return null for non-nullable field Stock.left.',
          path: ['books', 1, 'stock', 'left'],
          extensions: { code: 'SUBGRAPH_ERROR', service: 'prices' },
        },
        {
          message: 'no price',
          path: ['books', 1, 'cost'],
          extensions: { code: 'SUBGRAPH_ERROR', service: 'prices' },
        },
      ],
    },
  ]);
});

test('a subgraph that is down costs the parts that need it, and no other', async () => {
  await using routed = await startRouted({ books: BOOKS, prices: PRICES });
  await routed.federation.subgraphs.prices.goDown();
  await using parts = await routed.router.defer(`{ book { id
    ... @defer(label: "a") { price stock { left } }
    ... @defer(label: "b") { title publisher { id city } }
  } }`);
  const { first, patches } = await gatherParts(parts);
  expect(first).toEqual({ data: { book: { id: '1' } } });
  const message = 'A part of the answer could not be fetched.';
  const extensions = { code: 'SUBGRAPH_UNAVAILABLE', service: 'prices' };
  const error = (...path: string[]) => ({ message, path: ['book', ...path], extensions });
  expect(patches).toEqual([
    {
      data: { price: null, stock: null },
      path: ['book'],
      label: 'a',
      errors: [error('price'), error('stock')],
    },
    {
      data: { title: 'title 1', publisher: { id: 'p1', city: null } },
      path: ['book'],
      label: 'b',
      errors: [error('publisher', 'city')],
    },
  ]);
});

/** What no book is without, and only the first one has. */
const MUST: SmallSubgraph = {
  sdl: 'type Query { m: Int } type Book @key(fields: "id") { id: ID! must: Int! }',
  resolvers: {
    Book: {
      __resolveReference: ({ id }: { id: string }) => ({
        id,
        must: id === '1' ? 1 : fails('no must'),
      }),
    },
  },
};

test('a part whose place became null does not come', async () => {
  await using routed = await startRouted({ books: BOOKS, prices: PRICES, must: MUST });
  await using parts = await routed.router.defer('{ books { must ... @defer { title } } }');
  const { first, patches } = await gatherParts(parts);
  expect(first).toMatchObject({
    data: { books: [{ must: 1 }, null] },
    errors: [{ message: 'no must', path: ['books', 1, 'must'] }],
  });
  expect(patches).toEqual([{ data: { title: 'title 1' }, path: ['books', 0] }]);
});

test('a part in a part that became null does not come either, and the answer ends', async () => {
  await using routed = await startRouted({ books: BOOKS, prices: PRICES });
  await using parts = await routed.router.defer(`{ books { id ... @defer(label: "outer") {
    publisher { id ... @defer(label: "inner") { city } }
  } } }`);
  const { patches } = await gatherParts(parts);
  expect(patches).toEqual([
    { data: { publisher: { id: 'p1' } }, path: ['books', 0], label: 'outer' },
    { data: { city: 'London' }, path: ['books', 0, 'publisher'], label: 'inner' },
    { data: { publisher: null }, path: ['books', 1], label: 'outer' },
  ]);
});

test('where nothing of a part is left but null, its data is null', async () => {
  await using routed = await startRouted({ books: BOOKS, prices: PRICES, must: MUST });
  await using parts = await routed.router.defer('{ books { id ... @defer { must } } }');
  const { first, patches } = await gatherParts(parts);
  expect(first).toEqual({ data: { books: [{ id: '1' }, { id: '2' }] } });
  expect(patches).toMatchObject([
    { data: { must: 1 }, path: ['books', 0] },
    {
      data: null,
      path: ['books', 1],
      errors: [{ message: 'no must', path: ['books', 1, 'must'] }],
    },
  ]);
});
