import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { SmallSubgraph } from '../../kit/federation.ts';
import { startRouted } from '../../kit/routed.ts';

/** A subgraph that gives this data, whatever it is asked. */
const giving = (sdl: string, data: unknown): SmallSubgraph => ({
  sdl,
  answer: (_request, response: ServerResponse) => void response.end(JSON.stringify({ data })),
});

const resultOf = async (sdl: string, data: unknown, query: string) => {
  await using routed = await startRouted({ vault: giving(sdl, data) });
  const { errors, ...result } = await routed.router.query(query);
  return { ...result, errors: errors?.map(({ path, message }) => [path?.join('.'), message]) };
};

test('fields come in the order and under the names in which the client asked for them', async () => {
  await using routed = await startRouted({
    books: {
      sdl: `type Query { book: Book } type Book @key(fields: "id") { id: ID! title: String author: Author }
        type Author { name: String }`,
      resolvers: {
        Query: { book: () => ({ id: '1', title: 'Emma', author: { name: 'Austen' } }) },
      },
    },
    prices: {
      sdl: 'type Query { cheapest: Int } type Book @key(fields: "id") { id: ID! price: Int }',
      resolvers: {
        Query: { cheapest: () => 3 },
        Book: { __resolveReference: ({ id }: { id: string }) => ({ id, price: 7 }) },
      },
    },
  });
  const text = await routed.router.text(`{
    z: cheapest
    root: __typename
    book { cost: price ...Rest __typename author { kind: __typename name } title again: __typename }
    a: cheapest
    book { id }
  }
  fragment Rest on Book { author { first: name } number: id }`);
  expect(text).toBe(
    JSON.stringify({
      data: {
        z: 3,
        root: 'Query',
        book: {
          cost: 7,
          author: { first: 'Austen', kind: 'Author', name: 'Austen' },
          number: '1',
          __typename: 'Book',
          title: 'Emma',
          again: 'Book',
          id: '1',
        },
        a: 3,
      },
    }),
  );
});

test('leaf values are serialized by their types: numbers of IDs become text, what does not fit is null', async () => {
  const sdl = `type Query { id: ID int: Int float: Float text: String flag: Boolean ids: [ID] }`;
  const query = '{ id int float text flag ids }';
  const fitting = { id: 7, int: 7, float: 7, text: 'a', flag: true, ids: [1, 'b', null] };
  expect(await resultOf(sdl, fitting, query)).toMatchObject({
    data: { ...fitting, id: '7', ids: ['1', 'b', null] },
    errors: undefined,
  });
  const odd = { id: {}, int: 1.5, float: 'x', text: { a: 1 }, flag: 'yes', ids: [1.5, 'b'] };
  const { data, errors } = await resultOf(sdl, odd, query);
  expect(data).toEqual({
    id: null,
    int: null,
    float: null,
    text: null,
    flag: null,
    ids: [null, 'b'],
  });
  expect(errors?.map(([path]) => path)).toEqual(['id', 'int', 'float', 'text', 'flag', 'ids.0']);
  expect(errors?.[1]?.[1]).toBe('Expected a value of type Int for field Query.int.');
});

test('an enum value or a type that clients do not know is null, with an error that does not name it', async () => {
  const sdl = `type Query { colour: Colour things: [Thing] }
    enum Colour { RED SECRET @inaccessible }
    union Thing = Box | Vault
    type Box { size: Int } type Vault @inaccessible { code: Int }`;
  const things = [
    { __typename: 'Box', size: 1 },
    { __typename: 'Vault', code: 1234 },
    { __typename: 'Nothing' },
  ];
  const result = await resultOf(
    sdl,
    { colour: 'SECRET', things },
    '{ colour things { ... on Box { size } } }',
  );
  expect(result.data).toEqual({ colour: null, things: [{ size: 1 }, null, null] });
  expect(result.errors?.map(([path]) => path)).toEqual(['colour', 'things.1', 'things.2']);
  expect(JSON.stringify(result)).not.toMatch(/SECRET|Vault|1234|Nothing/);
  expect(await resultOf(sdl, { colour: 'RED' }, '{ colour }')).toMatchObject({
    data: { colour: 'RED' },
    errors: undefined,
  });
  expect(await resultOf(sdl, { colour: 'SECRET' }, '{ colour }')).toMatchObject({
    data: { colour: null },
  });
});

const NESTED = `type Query { shelf: Shelf other: Int }
  type Shelf { books: [Book!] films: [Film]! } type Book { title: String! } type Film { title: String! year: Int }`;

test('null goes up to the nearest place that may be null', async () => {
  const query = '{ other shelf { books { title } films { title year } } }';
  const data = (books: unknown, films: unknown) => ({ other: 1, shelf: { books, films } });
  const good = { title: 'a', year: 1 };
  expect(await resultOf(NESTED, data([good], [good, { year: 2 }]), query)).toMatchObject({
    data: { other: 1, shelf: { books: [{ title: 'a' }], films: [good, null] } },
    errors: [['shelf.films.1.title', 'Cannot return null for non-nullable field Film.title.']],
  });
  expect(await resultOf(NESTED, data([good, { title: null }, null], []), query)).toMatchObject({
    data: { other: 1, shelf: { books: null, films: [] } },
    errors: [['shelf.books.1.title', 'Cannot return null for non-nullable field Book.title.']],
  });
  expect(await resultOf(NESTED, data([], null), query)).toMatchObject({
    data: { other: 1, shelf: null },
    errors: [['shelf.films', 'Cannot return null for non-nullable field Shelf.films.']],
  });
});

test('and to the root where nothing on the way may be', async () => {
  const sdl = 'type Query { a: Int must: Must! } type Must { deep: [Int!]! }';
  const query = '{ a must { deep } }';
  expect(await resultOf(sdl, { a: 1, must: { deep: [1, null] } }, query)).toMatchObject({
    status: 200,
    data: null,
    errors: [['must.deep.1', 'Cannot return null for non-nullable field Must.deep.']],
  });
});

test.each([
  ['a list where there is one value', { shelf: [], other: 1 }, 'shelf'],
  ['one value where there is a list', { shelf: { books: {} }, other: 1 }, 'shelf.books'],
  ['text where there is an object', { shelf: 'none', other: 1 }, 'shelf'],
])('%s is null with an error', async (_what, data, path) => {
  const result = await resultOf(NESTED, data, '{ other shelf { books { title } } }');
  expect(result.data.other).toBe(1);
  expect(result.data.shelf?.books ?? null).toBeNull();
  expect(result.errors?.map(([at]) => at)).toEqual([path]);
});
