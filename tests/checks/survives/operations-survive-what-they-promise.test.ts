import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readOperations } from '../../../checks/operations/read.ts';
import { judgeSurvival } from '../../../checks/survives/judge.ts';
import { measureSurvival } from '../../../checks/survives/measure.ts';
import { startPlanner } from '../../../router/supergraph/planner.ts';
import { startSmallFederation } from '../../kit/federation.ts';
import { temporaryFolder } from '../../stack/folders.ts';

const planner = startPlanner({ planningTimeoutMs: 30_000 });
afterAll(() => planner.close());

const operationsIn = (text: string) => {
  using folder = temporaryFolder();
  mkdirSync(path.join(folder.path, 'shop'));
  writeFileSync(path.join(folder.path, 'shop', 'page.graphql'), text);
  return readOperations(folder.path);
};

/** @param notes the field that one subgraph adds to another's books, as its schema has it */
const sdlWith = async (notes: string): Promise<string> => {
  await using federation = await startSmallFederation({
    books: {
      sdl: `
        type Query { books(first: Int!): [Book!]!, shelf: Shelf }
        type Mutation { lend(id: ID!): Book }
        type Subscription { lent: Book }
        type Shelf { books: [Book!]! }
        type Book @key(fields: "id") { id: ID! title: String! }`,
    },
    notes: {
      sdl: `
        directive @standIn(value: String!) on FIELD_DEFINITION
        extend schema @link(url: "https://specs.emporium.example/router/v1.0", import: ["@standIn"])
          @composeDirective(name: "@standIn")
        type Query { newest: String }
        type Book @key(fields: "id") { id: ID! ${notes} other: [String!] }`,
    },
    idle: { sdl: 'type Query { idle: String }' },
  });
  return federation.sdl();
};

const judge = async (notes: string, text: string, before: string | null = null) => {
  const operations = operationsIn(text);
  const rows =
    before === null
      ? null
      : (await measureSurvival({ sdl: await sdlWith(before), operations, planner })).rows;
  return judgeSurvival({ sdl: await sdlWith(notes), operations, planner, before: rows });
};

const NON_NULL = 'notes: [String!]!';
const NULLABLE = 'notes: [String!]';

const PAGE = `query Page($first: Int!, $all: Boolean!) {
  books(first: $first) { title notes @include(if: $all) }
}`;

const PROMISING = `# survives: notes
${PAGE}`;

it('a chain of what may not be null loses all, and a promise makes that a failure', async () => {
  const { findings, rows, text, markdown } = await judge(NON_NULL, PROMISING);
  expect(findings).toMatchObject([
    {
      severity: 'failure',
      code: 'DATA_LOST',
      message: expect.stringMatching(
        /^shop Page loses all its data when notes is down, though .* to `books\.\*\.notes` may be null/,
      ),
      cure: expect.stringContaining('nullable'),
      places: [{ line: 2, column: 7, subgraph: null }],
      operations: ['shop Page'],
    },
  ]);
  expect(rows.map(({ subgraph, outcome }) => [subgraph, outcome])).toEqual([
    ['books', 'lost'],
    ['notes', 'lost'],
  ]);
  expect(text).toMatch(/^without +books +idle +notes\nshop Page +ALL LOST +- +ALL LOST$/);
  expect(markdown).toContain('| `shop Page` | 🟥 |  | 🟥 |');
});

it('a nullable field is null alone, and the promise holds', async () => {
  const { findings, rows, text, markdown } = await judge(NULLABLE, PROMISING);
  expect(findings).toEqual([]);
  expect(rows).toContainEqual(
    expect.objectContaining({ subgraph: 'notes', outcome: 'partial', nulls: ['books.*.notes'] }),
  );
  expect(text).toContain('1 null');
  expect(markdown).toContain('🟨 1');
});

it('what has a stand-in survives', async () => {
  const { rows } = await judge(`${NULLABLE} @standIn(value: "[]")`, PAGE);
  expect(rows).toContainEqual(
    expect.objectContaining({
      subgraph: 'notes',
      outcome: 'whole',
      nulls: [],
      standIns: ['books.*.notes'],
    }),
  );
});

it('without a promise it is a warning where others are taken along, and else nothing', async () => {
  const both = await judge(NON_NULL, 'query Page { books(first: 2) { title } newest }');
  expect(both.findings).toMatchObject([
    { severity: 'warning', code: 'DATA_LOST', message: expect.stringContaining('books is down') },
  ]);
  const one = await judge(NON_NULL, 'query Page { books(first: 2) { title } }');
  expect(one.findings).toEqual([]);
});

it('what it survived before and does not now is told, and is a failure where it was promised', async () => {
  const newly = await judge(NON_NULL, PAGE, NULLABLE);
  expect(newly.findings).toMatchObject([
    { severity: 'warning', code: 'SURVIVES_LESS', message: expect.stringContaining('before') },
  ]);
  const promised = await judge(NON_NULL, PROMISING, NULLABLE);
  expect(promised.findings).toMatchObject([{ severity: 'failure', code: 'SURVIVES_LESS' }]);
  const asBefore = await judge(NON_NULL, PAGE, NON_NULL);
  expect(asBefore.findings).toEqual([]);
});

it('a promise about what is not asked, or is no subgraph, says nothing', async () => {
  const { findings } = await judge(NULLABLE, `# survives: notes, idle, nots\n${PAGE}`);
  expect(findings).toMatchObject([
    { severity: 'warning', code: 'SURVIVES_UNASKED', cure: expect.stringContaining('idle') },
    {
      severity: 'warning',
      code: 'SURVIVES_UNKNOWN',
      cure: 'Name one of books, idle, notes.',
    },
  ]);
});

it('mutations, deferred parts and events are tried, and what does not fit is told', async () => {
  const { findings, rows } = await judge(
    NON_NULL,
    `mutation Lend($id: ID!) { lend(id: $id) { title notes } }
     subscription Lent { lent { title other } }
     query Deferred { shelf { books { title ... @defer { other } } } }
     query Wrong { books { title } }`,
  );
  expect(
    rows.map(({ operation, subgraph, outcome, nulls }) => [operation, subgraph, outcome, nulls]),
  ).toEqual([
    ['shop Lend', 'books', 'partial', ['lend']],
    ['shop Lend', 'notes', 'partial', ['lend']],
    ['shop Lent', 'books', 'lost', ['lent']],
    ['shop Lent', 'notes', 'partial', ['lent.other']],
    ['shop Deferred', 'books', 'partial', ['shelf']],
    ['shop Deferred', 'notes', 'partial', ['shelf.books.*.other']],
  ]);
  expect(findings).toMatchObject([
    { severity: 'note', code: 'SURVIVAL_UNKNOWN', message: expect.stringContaining('first') },
  ]);
});

it('the market’s own operations can all be tried, and keep what they promise', async () => {
  const operations = readOperations('operations');
  const sdl = readFileSync('supergraph.graphql', 'utf8');
  const question = { sdl, operations, planner, before: null };
  const { findings, rows } = await judgeSurvival(question);
  expect(findings).toEqual([]);
  expect(new Set(rows.map(({ operation }) => operation)).size).toBe(operations.length);
  expect(operations.filter(({ promises }) => promises.survives.length > 0)).not.toEqual([]);
  expect((await judgeSurvival(question)).rows).toEqual(rows);
});
