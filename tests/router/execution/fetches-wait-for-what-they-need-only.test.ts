import { expect, test } from 'vitest';
import { createGate } from '../../kit/gate.ts';
import { startRouted } from '../../kit/routed.ts';

/** Whoever comes waits until `count` have come. */
const createMeeting = (count: number) => {
  const { open, passed } = createGate();
  let missing = count;
  return async <Value>(value: Value): Promise<Value> => {
    missing -= 1;
    if (missing === 0) open();
    await passed;
    return value;
  };
};

test('fetches that need nothing of each other are under way at once', async () => {
  const meet = createMeeting(2);
  await using routed = await startRouted({
    left: { sdl: 'type Query { left: Int }', resolvers: { Query: { left: () => meet(1) } } },
    right: { sdl: 'type Query { right: Int }', resolvers: { Query: { right: () => meet(2) } } },
  });
  const { data } = await routed.router.query('{ left right }');
  expect(data).toEqual({ left: 1, right: 2 });
});

type Reference = Readonly<Record<string, unknown>>;

const BOOKS = `type Query { books(from: Int!): [Book] } type Book @key(fields: "id") { id: ID! }`;

const books = (_root: unknown, { from }: { from: number }) => [{ id: from }, { id: from + 1 }];

test('what requires the same is asked at once, by what this request has found', async () => {
  const meet = createMeeting(2);
  const meeting = (name: string) => ({
    sdl: `type Query { ${name}s: Int } type Book @key(fields: "id") { id: ID! ${name}: String }`,
    resolvers: {
      Query: { [`${name}s`]: () => 0 },
      Book: {
        __resolveReference: ({ id }: Reference) => ({ id, [name]: () => meet(`${name} ${id}`) }),
      },
    },
  });
  await using routed = await startRouted({
    books: { sdl: BOOKS, resolvers: { Query: { books } } },
    prices: meeting('price'),
    stocks: meeting('stock'),
  });
  const query = 'query ($from: Int!) { books(from: $from) { price stock } }';
  for (const from of [1, 3]) {
    const { data } = await routed.router.query(query, { variables: { from } });
    expect(data.books).toEqual([
      { price: `price ${from}`, stock: `stock ${from}` },
      { price: `price ${from + 1}`, stock: `stock ${from + 1}` },
    ]);
  }
});

test('what requires a field of another subgraph is asked after it, with its value', async () => {
  await using routed = await startRouted({
    books: { sdl: BOOKS, resolvers: { Query: { books } } },
    weights: {
      sdl: `type Query { w: Int } type Book @key(fields: "id") { id: ID! grams: Int }`,
      resolvers: {
        Book: { __resolveReference: ({ id }: Reference) => ({ id, grams: 100 * Number(id) }) },
      },
    },
    postage: {
      sdl: `type Query { p: Int }
        type Book @key(fields: "id") { id: ID! grams: Int @external  postage: Int @requires(fields: "grams") }`,
      resolvers: { Book: { postage: ({ grams }: { grams: number }) => grams / 10 } },
    },
  });
  const { data } = await routed.router.query('{ books(from: 1) { postage } }');
  expect(data).toEqual({ books: [{ postage: 10 }, { postage: 20 }] });
  expect(routed.federation.requests.map(({ subgraph }) => subgraph)).toEqual([
    'books',
    'weights',
    'postage',
  ]);
  expect(routed.federation.asked('postage')[0]?.variables.representations).toEqual([
    { __typename: 'Book', grams: 100, id: '1' },
    { __typename: 'Book', grams: 200, id: '2' },
  ]);
});

test('mutations run one after the other, each with all that it gives, failed ones too', async () => {
  const told: string[] = [];
  const act = async (_root: unknown, { id }: { id: string }) => {
    told.push(`begin ${id}`);
    await new Promise(setImmediate);
    told.push(`end ${id}`);
    if (id === '2') throw new Error('no');
    return { id };
  };
  const book = 'type Book @key(fields: "id") { id: ID!';
  await using routed = await startRouted({
    list: {
      sdl: `type Query { l: Int } type Mutation { list(id: ID!): Book } ${book} }`,
      resolvers: { Mutation: { list: act } },
    },
    sale: {
      sdl: `type Query { s: Int } type Mutation { sell(id: ID!): Book } ${book} price: Int }`,
      resolvers: {
        Mutation: { sell: act },
        Book: {
          __resolveReference: ({ id }: Reference) => {
            told.push(`price ${id}`);
            return { id, price: 5 };
          },
        },
      },
    },
  });
  const { data, errors } = await routed.router.query(`mutation {
    first: list(id: 1) { price } second: sell(id: 2) { id } third: list(id: 3) { id }
  }`);
  expect(data).toEqual({ first: { price: 5 }, second: null, third: { id: '3' } });
  expect(errors?.map(({ path }) => path)).toEqual([['second']]);
  expect(told).toEqual([
    ...['begin 1', 'end 1', 'price 1'],
    ...['begin 2', 'end 2'],
    ...['begin 3', 'end 3'],
  ]);
});
