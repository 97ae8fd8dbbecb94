import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { createMock } from '../../mocks/mock.ts';
import type { Data } from '../kit/http.ts';

const SDL = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@external", "@requires"])
scalar DateTime
scalar Decimal
type Query {
  book(id: ID!): Book
  books(ids: [ID!]!): [Book!]!
  newest(first: Int = 3): [Book!]!
  shelf(topic: String, first: Int, after: String, last: Int, before: String): BookConnection!
  found: Found
  anything: Thing
}
type Mutation { rename(input: RenameInput!): RenamePayload }
input RenameInput { id: ID!, title: String! }
type RenamePayload { book: Book, userErrors: [Trouble!]! }
type Trouble { message: String! }
union Found = Book | NotFoundError
type NotFoundError { message: String! }
interface Thing { id: ID! }
enum Format { PAPER SCREEN }
type Book implements Thing @key(fields: "id") @key(fields: "isbn edition") @key(fields: "maker { code }") {
  id: ID!
  isbn: String!
  edition: Int!
  maker: Maker!
  title: String!
  publishedAt: DateTime!
  price: Decimal!
  format: Format!
  authors(limit: Int): [Author!]!
  cover(width: Int = 10): String!
  weight: Int! @external
  postage: Int! @requires(fields: "weight")
  shipping: Postage! @requires(fields: "weight")
}
type Postage { weight: Int! }
type Maker { code: String! }
type Author @key(fields: "id", resolvable: false) { id: ID! }
type BookConnection { nodes: [Book!]!, edges: [BookEdge!]!, totalCount: Int!, pageInfo: PageInfo! }
type BookEdge { cursor: String!, node: Book! }
type PageInfo { hasNextPage: Boolean!, hasPreviousPage: Boolean!, startCursor: String, endCursor: String }
`;

const BOOK = 'id isbn edition maker { code } title publishedAt price format cover';

const mocked = (examples?: string) => {
  const given = examples === undefined ? undefined : { text: examples, file: 'examples.yaml' };
  const mock = createMock({
    typeDefs: parse(SDL),
    examples: given,
    words: { publicUrl: 'http://market' },
  });
  return async (query: string, variables = {}): Promise<Data> => {
    const { data, errors } = await mock.execute({ query, variables });
    expect(errors).toBeUndefined();
    return data;
  };
};

const entities = async (ask: ReturnType<typeof mocked>, them: readonly object[], fields = BOOK) => {
  const query = `query($them: [_Any!]!) { _entities(representations: $them) { ... on Book { ${fields} } } }`;
  const representations = them.map((each) => ({ __typename: 'Book', ...each }));
  return (await ask(query, { them: representations }))._entities;
};

it('an entity is the same on every way, by each of its keys, and in another process', async () => {
  const ask = mocked();
  const { book } = await ask(`{ book(id: "book_7") { ${BOOK} } }`);
  expect(book).toMatchObject({ id: 'book_7', edition: 7 });
  const { id, isbn, edition, maker } = book;
  expect(await entities(ask, [{ id }, { isbn, edition }, { maker }])).toEqual([book, book, book]);
  expect((await ask(`{ books(ids: ["book_7"]) { ${BOOK} } }`)).books).toEqual([book]);
  const { newest } = await ask(`{ newest(first: 50) { ${BOOK} } }`);
  expect(newest).toContainEqual(book);
  expect(await mocked()(`{ book(id: "book_7") { ${BOOK} } }`)).toEqual({ book });
});

it('one that nobody made up answers too, as itself', async () => {
  const [one, same, other] = await entities(mocked(), [{ id: 'x' }, { id: 'x' }, { id: 'y' }]);
  expect(one).toEqual(same);
  expect(one.id).toBe('x');
  expect(other.title === one.title && other.price === one.price).toBe(false);
});

it('two entities differ, and so do two values of the arguments', async () => {
  const { newest } = await mocked()(
    '{ newest(first: 50) { id title price wide: cover(width: 99) cover } }',
  );
  expect(new Set(newest.map(({ id }: Data) => id)).size).toBe(50);
  expect(new Set(newest.map(({ price }: Data) => price)).size).toBeGreaterThan(40);
  expect(newest.filter(({ wide, cover }: Data) => wide === cover).length).toBeLessThan(10);
});

it('lists are as long as they are asked for, and a shorter one is the beginning of a longer', async () => {
  const ask = mocked();
  const { two, four, all } = await ask(
    '{ two: newest(first: 2) { id } four: newest(first: 4) { id } all: newest { id } }',
  );
  expect([two.length, four.length, all.length]).toEqual([2, 4, 3]);
  expect(four.slice(0, 2)).toEqual(two);
  const { newest } = await ask('{ newest(first: 1) { authors(limit: 0) { id } } }');
  expect(newest[0].authors).toEqual([]);
});

const PAGE =
  'nodes { id } edges { cursor node { id } } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

it('pages lead through a connection without gap or repeat, forwards and backwards', async () => {
  const ask = mocked('Query: { shelf: { length: 7 } }');
  const turn = async (args: string) =>
    (await ask(`{ shelf(topic: "x", ${args}) { ${PAGE} } }`)).shelf;
  const all = await turn('first: 50');
  expect(all).toMatchObject({
    totalCount: 7,
    pageInfo: { hasNextPage: false, hasPreviousPage: false },
  });
  expect(new Set(all.nodes.map(({ id }: Data) => id)).size).toBe(7);
  const ids: string[] = [];
  for (let after = ''; ; ) {
    const page = await turn(`first: 3${after}`);
    expect(page.edges.map(({ node }: Data) => node)).toEqual(page.nodes);
    expect(page.pageInfo.endCursor).toBe(page.edges.at(-1).cursor);
    ids.push(...page.nodes.map(({ id }: Data) => id));
    if (!page.pageInfo.hasNextPage) break;
    after = `, after: "${page.pageInfo.endCursor}"`;
  }
  expect(ids).toEqual(all.nodes.map(({ id }: Data) => id));
  const last = await turn('last: 2');
  expect(last.nodes).toEqual(all.nodes.slice(5));
  const before = await turn(`last: 2, before: "${last.pageInfo.startCursor}"`);
  expect(before.nodes).toEqual(all.nodes.slice(3, 5));
  expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
});

it('what another subgraph knows is read from the representation', async () => {
  const [book] = await entities(mocked(), [{ id: 'book_1', weight: 4_711 }], 'id weight postage');
  expect(book).toMatchObject({ id: 'book_1', weight: 4_711, postage: expect.any(Number) });
});

it('a mutation answers with what it was told, and without errors', async () => {
  const { rename } = await mocked()(
    'mutation { rename(input: { id: "book_9", title: "Told" }) { book { id title edition } userErrors { message } } }',
  );
  expect(rename).toEqual({ book: { id: 'book_9', title: 'Told', edition: 9 }, userErrors: [] });
});

it('of several types it is one that fits, and none that tells of an error', async () => {
  const data = await mocked()('{ found { __typename } anything { __typename id } }');
  expect(data).toEqual({
    found: { __typename: 'Book' },
    anything: { __typename: 'Book', id: expect.stringMatching(/^book_\d+$/) },
  });
});

it('examples say what values look like', async () => {
  const ask = mocked(`
Book:
  id: [first, second]
  title: [A, B]
  cover: "{publicUrl}/covers/{id}-{width}.svg"
  authors: { length: 1 }
Decimal: "1.50"
Query: { found: null }
`);
  const data = await ask(
    '{ found { __typename } newest(first: 9) { id } book(id: "second") { title cover price authors { id } } }',
  );
  expect(data).toEqual({
    found: null,
    newest: expect.arrayContaining([{ id: 'first' }, { id: 'second' }]),
    book: {
      title: expect.stringMatching(/^[AB]$/),
      cover: 'http://market/covers/second-10.svg',
      price: '1.50',
      authors: [{ id: expect.any(String) }],
    },
  });
});

it.each([
  ['Book:\n  titel: x', 'examples.yaml:2: Book.titel: no such field: there are id, isbn,'],
  [
    'Boek: {}',
    'examples.yaml:1: Boek: the schema has no such object, scalar or enum: correct the name',
  ],
  [
    'Book: { format: WOOD }',
    'examples.yaml:1: Book.format: "WOOD" is no Format: write one, or leave it out',
  ],
  [
    'Book: { title: null }',
    'examples.yaml:1: Book.title: the schema says String!, so it is never null',
  ],
  [
    'Query:\n  newest: { length: few }',
    'examples.yaml:2: Query.newest.length: no length: write a whole number, such as 3',
  ],
  ['- Book', 'examples.yaml:1: no map: write a type, and below it its fields'],
  ['Book: {', 'examples.yaml:1: not YAML: '],
])('%j is refused with place and cure', (text, problem) => {
  expect(() => mocked(text)).toThrow(problem);
});
