import { expect, test } from 'vitest';
import { startRouted } from '../../kit/routed.ts';

type Book = { readonly id: string } | null;

/** A shop whose books are as the test says; the price of `bad` cannot be told. */
const startShop = (books: readonly Book[]) =>
  startRouted({
    books: {
      sdl: `type Query { books: [Book] named(ids: [ID!]!): [Book] }
        type Book @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          books: () => books,
          named: (_: unknown, { ids }: { ids: string[] }) => ids.map((id) => ({ id })),
        },
      },
    },
    scales: {
      sdl: 'type Query { s: Int } type Book @key(fields: "id") { id: ID! grams: Int }',
    },
    prices: {
      sdl: `type Query { p: Int } type Offer { amount: Int }
        type Book @key(fields: "id") {
          id: ID!  grams: Int @external  offers: [Offer]  postage: Int @requires(fields: "grams")
        }`,
      resolvers: {
        Book: {
          __resolveReference: (reference: object) => reference,
          offers: ({ id }: { id: string }) => [
            { amount: id === 'bad' ? () => Promise.reject(new Error('unknown')) : 5 },
          ],
          postage: ({ grams }: { grams: number | null }) => grams,
        },
      },
    },
  });

test.each<[string, readonly Book[]]>([
  ['there are none', []],
  ['all are null', [null, null]],
])('a fetch is not sent where %s', async (_what, books) => {
  await using shop = await startShop(books);
  const { data, errors } = await shop.router.query('{ books { offers { amount } } }');
  expect([data.books, errors]).toEqual([books, undefined]);
  expect(shop.federation.asked('prices')).toHaveLength(0);
});

test('entities of which a required field could not be fetched are not asked for', async () => {
  await using shop = await startShop([{ id: '1' }, { id: '2' }]);
  await shop.federation.subgraphs.scales.goDown();
  const { data, errors } = await shop.router.query('{ books { id postage } }');
  expect(data.books).toEqual([
    { id: '1', postage: null },
    { id: '2', postage: null },
  ]);
  expect(shop.federation.asked('prices')).toHaveLength(0);
  const extensions = { code: 'SUBGRAPH_UNAVAILABLE', service: 'scales' };
  expect(errors).toMatchObject([{ extensions }, { extensions }]);
});

test('equal representations are sent once, and the answer goes to every place', async () => {
  await using shop = await startShop([]);
  const { data } = await shop.router.query(
    '{ named(ids: ["1", "2", "1", "1"]) { id offers { amount } } }',
  );
  const offers = [{ amount: 5 }];
  expect(data.named).toEqual(['1', '2', '1', '1'].map((id) => ({ id, offers })));
  const asked = shop.federation.asked('prices');
  expect(asked).toHaveLength(1);
  expect(asked[0]?.variables.representations).toEqual([
    { __typename: 'Book', id: '1' },
    { __typename: 'Book', id: '2' },
  ]);
});

test('an error of an entity that stands in several places reaches each of them', async () => {
  await using shop = await startShop([]);
  const { data, errors } = await shop.router.query(
    '{ named(ids: ["bad", "1", "bad"]) { offers { amount } } }',
  );
  expect(data.named).toEqual([
    { offers: [{ amount: null }] },
    { offers: [{ amount: 5 }] },
    { offers: [{ amount: null }] },
  ]);
  expect(errors?.map(({ path }) => path)).toEqual([
    ['named', 0, 'offers', 0, 'amount'],
    ['named', 2, 'offers', 0, 'amount'],
  ]);
});
