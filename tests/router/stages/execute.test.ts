import { expect, test } from 'vitest';
import { startSmallFederation } from '../../kit/federation.ts';
import { startTestRouter } from '../../kit/router.ts';

const BOOKS = {
  sdl: `type Query { books: [Book] broken: Book } type Book @key(fields: "id") { id: ID! title: String! }`,
  resolvers: {
    Query: {
      books: () => [
        { id: '1', title: 'Emma' },
        { id: '2', title: 'Ulysses' },
      ],
    },
  },
};

const PRICES = {
  sdl: `type Query { cheapest: Int } type Book @key(fields: "id") { id: ID! price: Int! notes: [String] }`,
  resolvers: {
    Book: { __resolveReference: ({ id }: { id: string }) => ({ id, price: Number(id) }) },
  },
};

const QUERY = '{ books { title price notes } cheapest }';

test('one query is answered by several services', async () => {
  await using federation = await startSmallFederation({ books: BOOKS, prices: PRICES });
  await using router = await startTestRouter(federation);
  const { data, errors } = await router.query('{ books { title price } }');
  expect(errors).toBeUndefined();
  expect(data.books).toEqual([
    { title: 'Emma', price: 1 },
    { title: 'Ulysses', price: 2 },
  ]);
  expect(federation.requests.map(({ subgraph }) => subgraph)).toEqual(['books', 'prices']);
});

test('a failed service leaves its fields empty, each with an error and its path', async () => {
  await using federation = await startSmallFederation({
    books: BOOKS,
    prices: { ...PRICES, answer: (_request, response) => void response.socket?.destroy() },
  });
  await using router = await startTestRouter(federation);
  const { status, data, errors } = await router.query(QUERY);
  expect(status).toBe(200);
  expect(data).toEqual({ books: [null, null], cheapest: null });
  const places = errors?.map(({ path, extensions }) => [path?.join('.'), extensions]);
  const extensions = { code: 'SUBGRAPH_UNAVAILABLE', service: 'prices' };
  expect(places?.sort()).toEqual([
    ['books.0.notes', extensions],
    ['books.0.price', extensions],
    ['books.1.notes', extensions],
    ['books.1.price', extensions],
    ['cheapest', extensions],
  ]);
});
