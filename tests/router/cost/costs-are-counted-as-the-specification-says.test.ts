import { expect, test } from 'vitest';
import { ASSUMED_LIST_SIZE, estimated, measured, priceable } from './costing.ts';

// https://www.apollographql.com/docs/graphos/routing/security/demand-control
const BOOK = `book { title author { name } publisher { name address { zipCode } } }`;
const books = (addressWeight: string) =>
  priceable(`
    type Query {
      book(id: ID): Book
      bestsellers: [Book] @listSize(assumedSize: 5)
      newestAdditions(after: ID, limit: Int!): [Book] @listSize(slicingArguments: ["limit"])
    }
    type Book { title: String author: Author publisher: Publisher }
    type Author { name: String }
    type Publisher { name: String address: Address }
    type Address ${addressWeight} { zipCode: Int! }`);
const PLAIN = books('');
const DEAR = books('@cost(weight: 5)');
const FIELDS = BOOK.slice('book '.length);

test.each([
  ['an object', PLAIN, `{ book(id: 1) ${FIELDS} }`, 4],
  ['a type with a weight', DEAR, `{ book(id: 1) ${FIELDS} }`, 8],
  ['a list of assumed size', DEAR, `{ bestsellers ${FIELDS} }`, 40],
  ['a list of three', DEAR, `{ newestAdditions(limit: 3) ${FIELDS} }`, 24],
  ['a list of seven', DEAR, `{ newestAdditions(limit: 7) ${FIELDS} }`, 56],
])('the examples of Apollo’s documentation: %s', (_what, within, query, cost) => {
  expect(estimated(within, { query })).toBe(cost);
});

const SHOP = priceable(`
  type Query {
    item: Item
    items: [Item!]!
    count: Int
    weighed: Int @cost(weight: 3)
    colour: Colour
    colours: [Colour!]! @listSize(assumedSize: 4)
    grid: [[Item]]
    sizedGrid: [[Item]] @listSize(assumedSize: 2)
    page(first: Int, last: Int): Items
      @listSize(slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"])
    lenient(first: Int, last: Int): [Item]
      @listSize(slicingArguments: ["first", "last"], assumedSize: 6, requireOneSlicingArgument: false)
    ten(first: Int = 10): [Item] @listSize(slicingArguments: ["first"])
    find(filter: Filter, words: [String] @cost(weight: 2), limit: Int @cost(weight: 4)): Item
    any: Any
    thing: Thing
    heavy: Item @cost(weight: 20)
  }
  type Mutation { add(filter: Filter): Item }
  type Subscription { added: Item }
  type Item implements Thing { id: ID! name: String item: Item items: [Item!]! inner: Colour }
  type Box implements Thing @cost(weight: 9) { id: ID! name: String parts: [Item!]! @listSize(assumedSize: 3) }
  interface Thing { id: ID! name: String }
  union Any = Item | Box
  type Items { nodes: [Item!]! edges: [Edge!]! facets: [Item!]! total: Int! }
  type Edge { cursor: String! node: Item! }
  enum Colour @cost(weight: 2) { RED }
  input Filter { text: String name: String @cost(weight: 5) all: [Filter!] not: Filter }
`);

test.each<[string, string, number]>([
  ['scalars are free, unless their field has a weight', '{ count weighed __typename }', 3],
  ['an enum costs what its type says', '{ colour item { inner } }', 2 + 1 + 2],
  ['so do the items of a list', '{ colours }', 8],
  ['the weight of a field stands for that of its type', '{ heavy { name } }', 20],
  ['objects in objects add up', '{ item { item { item { id } } } }', 3],
  ['a list without a size is as long as is assumed', '{ items { id } }', ASSUMED_LIST_SIZE],
  ['lists multiply', '{ items { items { id } } }', ASSUMED_LIST_SIZE * (1 + ASSUMED_LIST_SIZE)],
  ['so do lists in lists', '{ grid { id } }', ASSUMED_LIST_SIZE ** 2],
  ['of which the outer one has the size', '{ sizedGrid { id } }', 2 * ASSUMED_LIST_SIZE],
  ['a mutation costs 10', 'mutation { add { id } }', 11],
  ['a subscription what an event does', 'subscription { added { id } }', 1],
  [
    'the size of a connection is that of its lists',
    '{ page(first: 3) { total nodes { item { id } } edges { node { id } } } }',
    1 + 3 * 2 + 3 * 2,
  ],
  ['and of no other list', '{ page(last: 3) { facets { id } } }', 1 + ASSUMED_LIST_SIZE],
  ['the largest slicing argument counts', '{ lenient(first: 2, last: 5) { id } }', 5],
  ['without any the assumed size does', '{ lenient { id } }', 6],
  ['an argument’s default counts as given', '{ ten { id } }', 10],
  ['a negative size is none', '{ count ten(first: -1000) { id } weighed }', 3],
  [
    'input objects cost 1 and their fields what they say',
    '{ find(filter: { text: "a", name: "b", all: [{ text: "c" }, { name: "d" }] }) { id } }',
    1 + (1 + 5 + 1 + (1 + 5)),
  ],
  ['a list as an argument counts, and each item', '{ find(words: ["a", "b"]) { id } }', 1 + 2 + 4],
  ['null costs nothing', '{ find(filter: null, limit: null, words: [null]) { id } }', 1 + 2],
  ['a weighed argument costs its weight', '{ find(limit: 1) { id } }', 1 + 4],
  [
    'fields asked for twice cost once',
    '{ item { id } ...f } fragment f on Query { item { name } }',
    1,
  ],
  ['under two names they cost twice', '{ a: item { id } b: item { id } }', 2],
  ['of the types that may come the dearest counts', '{ any { ... on Item { items { id } } } }', 9],
  [
    'with what is asked of it',
    '{ any { ... on Item { id items { item { id } } } ... on Box { parts { id } } } }',
    1 + 2 * ASSUMED_LIST_SIZE,
  ],
  ['by an interface too', '{ thing { name ... on Item { item { id } } } }', 9],
  ['introspection is free', '{ __schema { types { fields { name } } } item { id } }', 1],
])('%s', (_rule, query, cost) => {
  expect(estimated(SHOP, { query })).toBe(cost);
});

test.each<[string, string, Record<string, unknown>, number]>([
  ['sizes', 'query ($n: Int) { page(first: $n) { nodes { id } } }', { n: 12 }, 13],
  ['their defaults', 'query ($n: Int = 4) { page(first: $n) { nodes { id } } }', {}, 5],
  ['the argument’s default', 'query ($n: Int) { ten(first: $n) { id } }', {}, 10],
  ['@skip', 'query ($no: Boolean!) { item { id } items @skip(if: $no) { id } }', { no: true }, 1],
  ['@include', 'query ($on: Boolean!) { heavy @include(if: $on) { id } }', { on: true }, 20],
  [
    'input objects',
    'query ($filter: Filter) { find(filter: $filter) { id } }',
    { filter: { name: 'a', all: [{ text: 'b' }, {}], not: null } },
    1 + (1 + 5 + 2),
  ],
  ['lists', 'query ($words: [String]) { find(words: $words) { id } }', { words: ['a', 'b'] }, 7],
  [
    'input objects within written ones',
    'query ($name: String) { find(filter: { all: [{ name: $name }] }) { id } }',
    { name: 'a' },
    1 + (1 + 1 + 5),
  ],
])('variables decide %s', (_what, query, variables, cost) => {
  expect(estimated(SHOP, { query, variables })).toBe(cost);
});

test.each([
  ['none', '{ page { nodes { id } } }', {}],
  ['null', 'query ($n: Int) { page(first: $n) { nodes { id } } }', { n: null }],
  ['two', '{ page(first: 1, last: 1) { nodes { id } } }', {}],
])('where one slicing argument is needed, %s is refused by name', (_what, query, variables) => {
  expect(() => estimated(SHOP, { query, variables })).toThrow(
    /`Query.page` needs exactly one of `first`, `last`/,
  );
});

test('imported under other names, the directives say the same', () => {
  const renamed = priceable(
    'type Query { items: [Item] @many(assumedSize: 3) } type Item @price(weight: 4) { id: ID }',
    '[{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@many" }]',
  );
  expect(estimated(renamed, { query: '{ items { id } }' })).toBe(12);
});

test('types that nest in one another by interfaces do not multiply the work', () => {
  const types = Array.from({ length: 20 }, (_, n) => `T${n}`);
  const nested = priceable(`
    type Query { node(first: Int): Node }
    interface Node { node(first: Int): Node nodes(first: Int): [Node] @listSize(slicingArguments: ["first"]) }
    ${types.map((name) => `type ${name} implements Node { node(first: Int): Node nodes(first: Int): [Node] }`).join('\n')}`);
  // 20 to the 15th ways through it.
  const query = `query ($n: Int) { ${'node { '.repeat(15)}nodes(first: $n) { __typename }${' }'.repeat(16)}`;
  expect(estimated(nested, { query, variables: { n: 5 } })).toBe(20);
});

test.each<[string, string, unknown, number]>([
  ['lists are as long as they came', '{ items { id } }', { items: [{ id: '1' }, { id: '2' }] }, 2],
  ['null is free', '{ item { id } }', { item: null }, 0],
  ['unless its field has a weight', '{ heavy { id } }', { heavy: null }, 20],
  ['lists in lists too', '{ grid { id } }', { grid: [[{ id: 1 }], null, [null, { id: 2 }]] }, 2],
  [
    'connections cost what they hold',
    '{ page(first: 50) { nodes { id } edges { node { id } } } }',
    { page: { nodes: [{ id: 1 }], edges: [{ node: { id: 1 } }] } },
    1 + 1 + 2,
  ],
  ['arguments cost as before', '{ find(limit: 1) { id } }', { find: null }, 4],
  ['a mutation too', 'mutation { add { id } }', { add: { id: 1 } }, 11],
  [
    'an object costs by the type that it has',
    '{ any { __typename ... on Box { id } } }',
    { any: { __typename: 'Box', id: 1 } },
    9,
  ],
  ['or seems to have', '{ any { ... on Box { id } } }', { any: { id: 1 } }, 9],
  ['or not', '{ any { ... on Box { id } } }', { any: {} }, 1],
  ['what did not come is free', '{ item { id item { id } } }', { item: { id: 1 } }, 1],
  ['where nothing came nothing is', '{ item { id } }', null, 0],
])('measured: %s', (_rule, query, data, cost) => {
  expect(measured(SHOP, { query }, data)).toBe(cost);
});
