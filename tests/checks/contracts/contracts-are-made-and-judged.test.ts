import { composeServices } from '@apollo/composition';
import { parse, Source } from 'graphql';
import { expect, test } from 'vitest';
import { judgeContracts } from '../../../checks/contracts/judge.ts';
import type { Finding } from '../../../checks/finding.ts';
import type { ContractTerms } from '../../../router/supergraph/contract/terms.ts';

/** A supergraph of one subgraph, and the subgraph as it is linted. */
const composed = (types: string) => {
  const link =
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@tag"])';
  const document = parse(new Source(`${link}\n${types}`, 'a.graphql'));
  const { supergraphSdl, errors } = composeServices([
    { name: 'a', url: 'http://a', typeDefs: document },
  ]);
  if (errors !== undefined) throw errors[0];
  return { sdl: supergraphSdl, subgraphs: [{ name: 'a', document }] };
};

const judge = (
  types: string,
  before: string | null = null,
  contracts: Readonly<Record<string, ContractTerms>> = PARTNERS,
) => {
  const { sdl, subgraphs } = composed(types);
  return judgeContracts({
    before: before === null ? null : composed(before).sdl,
    after: sdl,
    subgraphs,
    contracts,
    compare,
  });
};

const P = '@tag(name: "public")';
const I = '@tag(name: "internal")';
const PARTNERS = { partners: { include: ['public'], exclude: ['internal'] } };

const inOneLine = ({ severity, code, message, cure, places }: Finding): string => {
  const where = places.map(({ file, line, column }) => `${file}:${line}:${column} `).join('');
  return `${where}${severity} ${code}: ${message} ${cure}`;
};

/** Says that something is different. */
const compare = async (before: string, after: string): Promise<readonly Finding[]> =>
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
      'a.graphql:2:14 a.graphql:2:75 failure CONTRACT_INVALID: The contract partners cannot be made: Type "B" is @inaccessible but is referenced by "Query.a", which is in the API schema. Give what refers to it the tags of what it refers to: a field those of its type.',
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
])('%s is told', async (_what, types, expected) => {
  expect((await judge(types)).findings.map(inOneLine)).toEqual(expected);
});

test('what a change takes from those who see a contract is told of it, and nothing else', async () => {
  const before = `type Query { a: Int ${P} b: Int ${P} c: Int d: Int ${I} }`;
  const untagged = await judge(`type Query { a: Int ${P} b: Int c: Int d: Int ${I} }`, before);
  expect(untagged.findings).toMatchObject([
    {
      part: 'contracts',
      code: 'FIELD_REMOVED',
      message: 'In the contract partners: Something was removed.',
      operations: ['storefront FirstPage'],
    },
  ]);
  const unseen = await judge(`type Query { a: Int ${P} b: Int ${P} d: Int ${I} }`, before);
  expect(unseen.findings).toEqual([]);
});

test('how much each contract shows is laid open', async () => {
  const types = `type Query { a: Int ${P} b: String c: Int ${I} }`;
  const { text, markdown } = await judge(types, null, {
    ...PARTNERS,
    all: { include: [], exclude: [] },
  });
  expect(text).toMatch(
    /^partners shows \d+ types with 1 fields\nall shows \d+ types with 3 fields$/,
  );
  expect(markdown).toMatch(/^\| partners \| \d+ \| 1 \|$/m);
});
