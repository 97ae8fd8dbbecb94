import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { judgeContracts } from '../../../checks/contracts/judge.ts';
import type { Finding } from '../../../checks/finding.ts';

const composed = (types: string): string => {
  const link =
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@tag"])';
  const typeDefs = parse(`${link}\n${types}`);
  const { supergraphSdl, errors } = composeServices([{ name: 'a', url: 'http://a', typeDefs }]);
  if (errors !== undefined) throw errors[0];
  return supergraphSdl;
};

const P = '@tag(name: "public")';
const I = '@tag(name: "internal")';
const PARTNERS = { partners: { include: ['public'], exclude: ['internal'] } };

const inOneLine = ({ severity, code, message, cure }: Finding): string =>
  `${severity} ${code}: ${message} ${cure}`;

/** Says that something is different. */
const compare = (before: string, after: string): readonly Finding[] =>
  before === after
    ? []
    : [
        {
          part: 'breaks',
          severity: 'failure',
          code: 'FIELD_REMOVED',
          message: 'Something was removed.',
          places: [],
          cure: 'Put it back.',
          operations: ['storefront FirstPage'],
        },
      ];

test.each([
  [
    'a field whose type is not shown',
    `type Query { a: B ${P} c: Int ${P} } type B { d: Int ${I} }`,
    [
      'failure CONTRACT_INVALID: The contract partners cannot be made: Type "B" is @inaccessible but is referenced by "Query.a", which is in the API schema. Give what refers to it the tags of what it refers to: a field those of its type.',
    ],
  ],
  [
    'nothing left',
    `type Query { a: Int ${P} ${I} c: Int }`,
    [
      'failure CONTRACT_EMPTY: The contract partners cannot be made: No field of Query is left. Tag what it is to show with one of its `include`, a field of Query at least.',
    ],
  ],
  [
    'a tag that nothing carries',
    `type Query { a: Int ${P} }`,
    [
      'warning CONTRACT_TAG_UNKNOWN: The contract partners asks for the tag internal, which nothing carries. Correct its name in checks.yaml, or take it out.',
    ],
  ],
])('%s is told', (_what, types, expected) => {
  const { findings } = judgeContracts({
    before: null,
    after: composed(types),
    contracts: PARTNERS,
    compare,
  });
  expect(findings.map(inOneLine)).toEqual(expected);
});

test('what a change takes from those who see a contract is told of it, and nothing else', () => {
  const before = composed(`type Query { a: Int ${P} b: Int ${P} c: Int d: Int ${I} }`);
  const untagged = composed(`type Query { a: Int ${P} b: Int c: Int d: Int ${I} }`);
  const judge = (after: string) =>
    judgeContracts({ before, after, contracts: PARTNERS, compare }).findings;
  expect(judge(untagged)).toMatchObject([
    {
      part: 'contracts',
      code: 'FIELD_REMOVED',
      message: 'In the contract partners: Something was removed.',
      operations: ['storefront FirstPage'],
    },
  ]);
  expect(judge(composed(`type Query { a: Int ${P} b: Int ${P} d: Int ${I} }`))).toEqual([]);
});

test('how much each contract shows is laid open', () => {
  const after = composed(`type Query { a: Int ${P} b: String c: Int ${I} }`);
  const { text, markdown } = judgeContracts({
    before: null,
    after,
    contracts: { ...PARTNERS, all: { include: [], exclude: [] } },
    compare,
  });
  expect(text).toMatch(
    /^partners shows \d+ types with 1 fields\nall shows \d+ types with 3 fields$/,
  );
  expect(markdown).toMatch(/^\| partners \| \d+ \| 1 \|$/m);
});
