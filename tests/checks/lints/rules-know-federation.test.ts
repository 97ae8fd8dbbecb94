import { expect, test } from 'vitest';
import { defaultSetting } from '../../../checks/lints/settings.ts';
import { lint, only } from './pages.ts';

const CONTRIBUTIONS = only('nullable-contributions');

const catalog = (link: string, key: string) =>
  `# catalog\n${link}\n"Something to buy."\ntype Product ${key}(fields: "id") { id: ID! sku: String! }`;
const media = (link: string, key: string, fields: string) =>
  `# media\n${link}\ntype Product ${key}(fields: "id") { id: ID! ${fields} }`;
const linked = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9"${imports})`;

test.each([
  ['as they are', linked(', import: ["@key"]'), '@key'],
  ['under another name', linked(', import: [{ name: "@key", as: "@k" }]'), '@k'],
  ['not at all', linked(''), '@federation__key'],
  ['not at all, under another prefix', linked(', as: "fed"'), '@fed__key'],
])('directives are known where they are imported %s', (_how, link, key) => {
  const schemas = [catalog(link, key), media(link, key, 'pictures: [String!]!')];
  expect(lint(schemas, CONTRIBUTIONS)).toHaveLength(1);
});

test('keys, what is external, and what the owner resolves as well may be non-null', () => {
  const fields = 'sku: String! weight: Int! @external';
  const schemas = [catalog('', '@key'), media('', '@key', fields)];
  expect(lint(schemas, CONTRIBUTIONS)).toEqual([]);
});

test('an entity is at home where it is described, though another has more of its fields', () => {
  const schemas = [media('', '@key', 'a: Int b: Int c: Int!'), catalog('', '@key')];
  expect(lint(schemas, CONTRIBUTIONS)).toEqual([
    expect.stringContaining("Product.c is not nullable, though Product is catalog's"),
  ]);
});

test('whose an entity is can be said', () => {
  const schemas = [catalog('', '@key'), media('', '@key', 'pictures: [String!]!')];
  const { severity, onlyNew, options } = defaultSetting('nullable-contributions');
  const owners = { severity, onlyNew, options: { ...options, owners: ['Product=media'] } };
  expect(lint(schemas, { ...CONTRIBUTIONS, 'nullable-contributions': owners })).toEqual([
    expect.stringContaining("Product.sku is not nullable, though Product is media's"),
  ]);
});

test('one description of a shared type is enough', () => {
  const schemas = [catalog('', '@key'), media('', '@key', '"By a code." sku: String!')];
  expect(lint(schemas, only('descriptions'))).toEqual([]);
});

test('a root type is known by another name', () => {
  const schema = 'schema { query: Root }\ntype Root { getUser: String! }';
  expect(lint([schema], only('query-field-verbs', 'nullable-root-fields'))).toHaveLength(2);
});
