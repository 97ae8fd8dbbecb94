import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { keysByEntity } from '../../subgraphs/kit/keys.ts';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { books: [Book!]! }
  type Book @key(fields: "isbn edition { number country }") @key(fields: "id") {
    id: ID!
    isbn: String!
    edition: Edition!
    title: String!
  }
  type Edition { number: Int! country: Country cover: String! }
  enum Country { FR PL }
  type Author @key(fields: "name", resolvable: false) { name: String! }
  interface Shelved @key(fields: "id") { id: ID! }
  type Box implements Shelved @key(fields: "id") { id: ID! }
`;

const entities = keysByEntity(buildSubgraphSchema(parse(SDL)));
const [whole, short] = entities.get('Book') ?? [];

test('entities are the types and interfaces that have a key which is resolved', () => {
  expect([...entities.keys()].toSorted()).toEqual(['Book', 'Box', 'Shelved']);
});

test('a key is described by its fields and their types', () => {
  expect([whole?.description, short?.description]).toEqual([
    'isbn: String!, edition: Edition!',
    'id: ID!',
  ]);
});

test('a key that is an object is read, and what stands beside it stays', () => {
  const edition = { number: 2, country: 'PL', cover: 'blue' };
  const given = { __typename: 'Book', isbn: 'x', edition, title: 'The Tin Drum' };
  expect(whole?.read(given)).toEqual(given);
  const nowhere = { ...given, edition: { ...edition, country: null } };
  expect(whole?.read(nowhere)).toEqual(nowhere);
});

test.each([
  ['nothing', {}],
  ['no object', { isbn: 'x', edition: 2 }],
  ['a list', { isbn: 'x', edition: [{ number: 2, country: 'PL' }] }],
  ['a part', { isbn: 'x', edition: { number: 2 } }],
  ['null', { isbn: 'x', edition: { number: null, country: 'PL' } }],
  ['another type', { isbn: 'x', edition: { number: '2', country: 'PL' } }],
  ['another value', { isbn: 'x', edition: { number: 2, country: 'ES' } }],
])('%s is no such key', (_, given) => {
  expect(whole?.read(given)).toBeUndefined();
});

test('an id that came as a number is text', () => {
  expect(short?.read({ id: 42 })).toEqual({ id: '42' });
});
