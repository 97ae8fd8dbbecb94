import { buildClientSchema, getIntrospectionQuery, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { startRouted } from '../../kit/routed.ts';
import { gatherParts } from './shop.ts';

const SUBGRAPHS = {
  books: {
    sdl: `type Query { books(first: Int = 3): [Book] secret: Int @inaccessible } type Book @key(fields: "id") { id: ID! title: String }`,
    resolvers: { Query: { books: () => [{ id: '1', title: 'Emma' }] } },
  },
  prices: {
    sdl: 'type Query { cheapest: Int } type Book @key(fields: "id") { id: ID! price: Int }',
    resolvers: {
      Query: { cheapest: () => 3 },
      Book: { __resolveReference: ({ id }: { id: string }) => ({ id, price: 7 }) },
    },
  },
};

test('alone it asks no subgraph, and shows what clients may see', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const { data, errors } = await routed.router.query(getIntrospectionQuery());
  expect(errors).toBeUndefined();
  const sdl = printSchema(buildClientSchema(data));
  expect(sdl).toContain('books(first: Int = 3): [Book]');
  expect(sdl).toContain('price: Int');
  expect(sdl).not.toMatch(/secret|_entities|join__|inaccessible/);
  expect(routed.federation.requests).toHaveLength(0);
});

test('beside data, with aliases and twice, it stands in its place', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const text = await routed.router.text(`{
    books { price }
    book: __type(name: "Book") { kind name fields { name } }
    cheapest
    none: __type(name: "Nothing") { name }
    __schema { queryType { name } }
    book: __type(name: "Book") { label: name }
    again: __schema { mutationType { name } }
  }`);
  const fields = ['id', 'title', 'price'].map((name) => ({ name }));
  expect(JSON.parse(text).data.book.fields).toEqual(expect.arrayContaining(fields));
  expect(Object.entries(JSON.parse(text).data)).toEqual([
    ['books', [{ price: 7 }]],
    ['book', { kind: 'OBJECT', name: 'Book', fields: expect.anything(), label: 'Book' }],
    ['cheapest', 3],
    ['none', null],
    ['__schema', { queryType: { name: 'Query' } }],
    ['again', { mutationType: null }],
  ]);
});

test('it reads variables, and skips what they skip, anew for each request', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const query = `query ($name: String!, $all: Boolean = false) {
    cheapest
    __type(name: $name) { name ...Fields @include(if: $all) }
  }
  fragment Fields on __Type { fields(includeDeprecated: $all) { name } }`;
  const ask = async (variables: Record<string, unknown>) =>
    (await routed.router.query(query, { variables })).data;
  expect(await ask({ name: 'Book' })).toEqual({ cheapest: 3, __type: { name: 'Book' } });
  expect(await ask({ name: 'Query' })).toEqual({ cheapest: 3, __type: { name: 'Query' } });
  expect(await ask({ name: 'Nothing' })).toEqual({ cheapest: 3, __type: null });
  expect((await ask({ name: 'Book', all: true })).__type.fields).toHaveLength(3);
});

test('it has nothing to do with the variables of fragments beside it', async () => {
  await using routed = await startRouted({
    books: { sdl: 'type Query { count(by: By!): Int } input By { valueOf: Int }' },
  });
  const query = `query ($by: By!) { __type(name: "By") { name } ...Found }
    fragment Found on Query { count(by: $by) }`;
  // Subgraphs with graphql-js take what the object inherits for a member, and refuse it.
  expect(await routed.router.query(query, { variables: { by: {} } })).toMatchObject({
    data: { __type: { name: 'By' }, count: null },
    errors: [{ path: ['count'] }],
  });
});

test('in fragments it stands in their place, with conditions too', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const query = `query ($on: Boolean!) {
    ...Names
    ... @include(if: $on) { __schema { queryType { name } } cheapest }
  }
  fragment Names on Query { ... @skip(if: $on) { book: __type(name: "Book") { name } } }`;
  const ask = async (on: boolean) => (await routed.router.query(query, { variables: { on } })).data;
  expect(await ask(true)).toEqual({ __schema: { queryType: { name: 'Query' } }, cheapest: 3 });
  expect(await ask(false)).toEqual({ book: { name: 'Book' } });
});

test('in a deferred operation it comes with the part that asks for it', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  await using parts = await routed.router.defer(`{
    __type(name: "Book") { name }
    books { title ... @defer { price } }
    ... @defer(label: "schema") { __schema { queryType { name } } }
  }`);
  const { first, patches } = await gatherParts(parts);
  expect(first).toEqual({
    data: { __type: { name: 'Book' }, books: [{ title: 'Emma' }] },
  });
  expect(patches).toEqual([
    { data: { __schema: { queryType: { name: 'Query' } } }, path: [], label: 'schema' },
    { data: { price: 7 }, path: ['books', 0] },
  ]);
});
