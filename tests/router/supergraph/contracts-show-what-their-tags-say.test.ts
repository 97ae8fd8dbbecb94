import { composeServices } from '@apollo/composition';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { buildContract } from '../../../router/supergraph/contract/build.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@tag"])';

const contractOf = (types: string, include: string[], exclude: string[]) => {
  const typeDefs = parse(`${LINK}\n${types}`);
  const { supergraphSdl, errors } = composeServices([{ name: 'a', url: 'http://a', typeDefs }]);
  if (errors !== undefined) throw errors[0];
  const supergraph = Supergraph.build(supergraphSdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  return buildContract(supergraphSdl, supergraph, { include, exclude });
};

const inOneLine = (sdl: string): string => sdl.replaceAll(/\s+/g, ' ').trim();

const shown = (types: string, include: string[], exclude: string[]): string | null => {
  const contract = contractOf(types, include, exclude);
  return contract && inOneLine(contract.apiSdl);
};

const P = '@tag(name: "public")';
const I = '@tag(name: "internal")';

test.each([
  [
    'a field that is excluded',
    `type Query { a: Int b: Int ${I} }`,
    [],
    ['internal'],
    'type Query { a: Int }',
  ],
  [
    'an argument, a value and a field of an input that are excluded',
    `type Query { a(b: B, c: Int ${I}): E } input B { d: Int e: Int ${I} } enum E { X Y ${I} }`,
    [],
    ['internal'],
    'enum E { X } input B { d: Int } type Query { a(b: B): E }',
  ],
  [
    'what is left empty by exclusion',
    `type Query { a: Int b: B ${I} } type B { c: Int ${I} }`,
    [],
    ['internal'],
    'type Query { a: Int }',
  ],
  [
    'what is not included, and what nothing leads to any more',
    `type Query { a: A ${P} b: B } type A { c: Int ${P} d: Int } type B { e: E } enum E { X }`,
    ['public'],
    [],
    'type Query { a: A } type A { c: Int }',
  ],
  [
    'a type that is included with all its fields, but what is excluded',
    `type Query { a: A ${P} } type A ${P} { c: Int d: Int ${I} e: Int ${P} ${I} }`,
    ['public'],
    ['internal'],
    'type Query { a: A } type A { c: Int }',
  ],
  [
    'enums, inputs and arguments without tags, where something leads to them',
    `type Query { a(b: B): E ${P} f: Int } input B { d: Int } enum E { X }`,
    ['public'],
    [],
    'enum E { X } input B { d: Int } type Query { a(b: B): E }',
  ],
  [
    'objects of an interface that is included',
    `type Query { a: A ${P} } interface A ${P} { c: Int } type B implements A { c: Int ${P} d: Int }`,
    ['public'],
    [],
    'interface A { c: Int } type B implements A { c: Int } type Query { a: A }',
  ],
  [
    'roots of which nothing is included',
    `type Query { a: Int ${P} } type Mutation { b: Int }`,
    ['public'],
    [],
    'type Query { a: Int }',
  ],
])('%s', (_what, types, include, exclude, expected) => {
  expect(definitionsIn(shown(types, include, exclude))).toEqual(definitionsIn(expected));
});

/** In whatever order. */
const definitionsIn = (sdl: string | null) =>
  sdl
    ?.replace(/^schema \{.*?\} /, '')
    .split(/ (?=(?:type|enum|input|interface) )/)
    .toSorted();

test('where it shows all that there is, it is none', () => {
  expect(contractOf('type Query { a: Int }', [], ['internal'])).toBeNull();
  expect(contractOf(`type Query { a: Int ${P} }`, ['public'], [])).toBeNull();
});

test('a contract that leaves nothing, or refers to what it hides, is refused by name', () => {
  expect(() => contractOf('type Query { a: Int }', ['public'], [])).toThrow('No field of Query');
  expect(() => contractOf(`type Query { a: B } type B ${I} { c: Int }`, [], ['internal'])).toThrow(
    /"B" is @inaccessible but is referenced by "Query.a"/,
  );
  expect(() =>
    contractOf(`type Query { a: U ${P} } union U = B type B ${P} { c: Int }`, ['public'], []),
  ).toThrow(/"U" is @inaccessible but is referenced by "Query.a"/);
});

test('the supergraph of a contract is one that shows the same', () => {
  const types = `type Query { a: Int b: Int ${I} }`;
  const { apiSdl = '', supergraphSdl = '' } = contractOf(types, [], ['internal']) ?? {};
  const again = Supergraph.build(supergraphSdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  expect(apiSdl).toContain('a: Int');
  expect(again.apiSchema().type('Query')).toMatchObject({ name: 'Query' });
  expect(buildContract(supergraphSdl, again, { include: [], exclude: ['internal'] })).toBeNull();
});
