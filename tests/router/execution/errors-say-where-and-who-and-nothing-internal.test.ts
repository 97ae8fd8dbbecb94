import { expect, test } from 'vitest';
import { startRouted } from '../../kit/routed.ts';

const fails =
  (message: string, extensions: object = {}) =>
  () =>
    Promise.reject(Object.assign(new Error(message), { extensions }));

/** Ten books; `prices` fails in every way there is. */
const SUBGRAPHS = {
  books: {
    sdl: `type Query { books: [Book!] lost: Book }
      type Book @key(fields: "id") { id: ID! reviews: [Review] } type Review { text: String }`,
    resolvers: {
      Query: {
        books: () => [
          { id: '1', reviews: [{ text: 'good' }, { text: fails('ink', { code: 'OUT_OF_INK' }) }] },
          { id: '2', reviews: [] },
        ],
        lost: fails('select * from books at db-3:5432'),
      },
    },
  },
  prices: {
    sdl: `type Query { p: Int } type Book @key(fields: "id") { id: ID! price: Price must: Int! }
      type Price { amount: Int }`,
    resolvers: {
      Book: {
        __resolveReference: ({ id }: { id: string }) => ({
          id,
          price: { amount: id === '1' ? 5 : fails('no price', { code: 'NOT_FOUND' }) },
          must: id === '1' ? 1 : fails('no must', { code: 'NOT_FOUND' }),
        }),
      },
    },
  },
};

test('errors of subgraphs have the path in the client’s answer, code and service', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const { data, errors } = await routed.router.query(
    '{ all: books { reviews { said: text } cost: price { is: amount } } }',
  );
  expect(data.all).toEqual([
    { reviews: [{ said: 'good' }, { said: null }], cost: { is: 5 } },
    { reviews: [], cost: { is: null } },
  ]);
  expect(errors).toEqual([
    {
      message: 'ink',
      path: ['all', 0, 'reviews', 1, 'said'],
      extensions: { code: 'OUT_OF_INK', service: 'books' },
    },
    {
      message: 'no price',
      path: ['all', 1, 'cost', 'is'],
      extensions: { code: 'NOT_FOUND', service: 'prices' },
    },
  ]);
});

test('an error whose null goes up stands once, where it happened', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const { data, errors } = await routed.router.query('{ books { must } }');
  expect(data).toEqual({ books: null });
  expect(errors).toMatchObject([{ message: 'no must', path: ['books', 1, 'must'] }]);
});

test('values that do not fit name the subgraph that gave them', async () => {
  await using routed = await startRouted({
    ...SUBGRAPHS,
    prices: {
      ...SUBGRAPHS.prices,
      answer: (_request, response) => {
        response.end('{"data":{"_entities":[{"price":{"amount":"cheap"}},{"price":7}]}}');
      },
    },
  });
  const { errors } = await routed.router.query('{ books { price { amount } } }');
  const extensions = { code: 'SUBGRAPH_INVALID_VALUE', service: 'prices' };
  expect(errors).toMatchObject([
    { path: ['books', 0, 'price', 'amount'], extensions },
    { path: ['books', 1, 'price'], extensions },
  ]);
  expect(JSON.stringify(errors)).not.toContain('cheap');
});

test.each([
  ['fewer entities than were asked for', '{"data":{"_entities":[{"price":{"amount":1}}]}}'],
  ['no entities', '{"data":null}'],
  ['text', 'price of books: 127.0.0.1:5432 refused'],
])('%s leaves every field of that fetch empty, with an error each', async (_what, text) => {
  await using routed = await startRouted({
    ...SUBGRAPHS,
    prices: { ...SUBGRAPHS.prices, answer: (_request, response) => void response.end(text) },
  });
  const { data, errors } = await routed.router.query('{ books { id price { amount } } }');
  expect(data.books).toEqual([
    { id: '1', price: null },
    { id: '2', price: null },
  ]);
  const extensions = { code: 'SUBGRAPH_UNAVAILABLE', service: 'prices' };
  const message = 'A part of the answer could not be fetched.';
  expect(errors).toEqual([
    { message, path: ['books', 0, 'price'], extensions },
    { message, path: ['books', 1, 'price'], extensions },
  ]);
});

test('where messages of subgraphs are hidden, an id stands for them', async () => {
  await using routed = await startRouted(SUBGRAPHS, { showSubgraphErrors: false });
  const { data, errors } = await routed.router.query('{ lost { id } books { price { amount } } }');
  expect(data.lost).toBeNull();
  expect(errors).toMatchObject([
    {
      message: 'Something went wrong on our side.',
      path: ['lost'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'books', errorId: /./ },
    },
    { message: 'no price', extensions: { code: 'NOT_FOUND', service: 'prices' } },
  ]);
  expect(JSON.stringify(errors)).not.toMatch(/select|db-3|5432/);
});
