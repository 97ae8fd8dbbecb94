import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DocumentLimits } from '../../../router/limits/document-limits.ts';
import { measureDocument } from '../../../router/limits/document-size.ts';
import { readRouterSettings } from '../../../router/settings.ts';
import { type GraphqlResult, postGraphql } from '../../kit/http.ts';
import { type Routed, startRouted } from '../../kit/routed.ts';

const LIMITS: DocumentLimits = {
  tokens: 60,
  depth: 4,
  height: 8,
  aliases: 2,
  rootFields: 3,
  directives: 4,
  repeatedDirectives: 2,
  variables: 2,
  inputValues: 1_000,
};

let routed: Routed;
let asked = 0;

beforeAll(async () => {
  const node = () => {
    asked += 1;
    return {};
  };
  routed = await startRouted(
    {
      nodes: {
        sdl: `directive @seen repeatable on FIELD
          type Query { a(id: Int): Node b: Int c: Int d: Int }
          type Node { a: Node b: Int c: Int }`,
        resolvers: { Query: { a: node, b: () => 1, c: () => 1, d: () => 1 } },
      },
    },
    { documentLimits: LIMITS },
  );
});
afterAll(() => routed[Symbol.asyncDispose]());

const ask = (query: string, accept = 'application/graphql-response+json'): Promise<GraphqlResult> =>
  postGraphql(`${routed.router.url}/graphql`, JSON.stringify({ query }), { accept });

const skip = '@skip(if: false)';
const include = '@include(if: true)';

test.each([
  ['MAX_DEPTH', '{ a { a { a { b } } } }', '{ a { a { a { a { b } } } } }'],
  [
    'MAX_DEPTH',
    '{ a { ...x } } fragment x on Node { a { a { b } } }',
    '{ a { a { ...x } } } fragment x on Node { a { a { b } } }',
  ],
  ['MAX_HEIGHT', '{ a { b c a { b c a { b } } } }', '{ a { b c a { b c a { b c } } } }'],
  [
    'MAX_HEIGHT',
    '{ ...x a { b } } fragment x on Query { a { b c a { b } } }',
    '{ ...x a { ...y a { ...y } } } fragment x on Query { a { b } } fragment y on Node { b c __typename }',
  ],
  ['MAX_ALIASES', '{ x: b y: b }', '{ x: b y: b z: b }'],
  [
    'MAX_ALIASES',
    '{ x: __typename y: b __typename }',
    '{ x: __typename y: __typename z: __typename }',
  ],
  ['MAX_ROOT_FIELDS', '{ b c d }', '{ b c d __typename }'],
  [
    'MAX_ROOT_FIELDS',
    '{ b ...x } fragment x on Query { c d }',
    '{ b ...x ... on Query { __typename } } fragment x on Query { c d }',
  ],
  [
    'MAX_DIRECTIVES',
    `{ b ${skip} ${include} c ${skip} ${include} }`,
    `{ b ${skip} ${include} c ${skip} ${include} d ${skip} }`,
  ],
  ['MAX_REPEATED_DIRECTIVES', '{ b @seen @seen c @seen @seen }', '{ b @seen @seen @seen }'],
  [
    'MAX_VARIABLES',
    'query ($x: Int, $y: Int) { a(id: $x) { b } c @skip(if: false) x: a(id: $y) { b } }',
    'query ($x: Int, $y: Int, $z: Int) { x: a(id: $x) { b } a(id: $y) { b } y: a(id: $z) { b } }',
  ],
  ['MAX_TOKENS', '{ b c d }', `{ ${'b '.repeat(60)} }`],
])(
  '%s: what is within is answered, what passes it is told so and asks nobody',
  async (setting, within, beyond) => {
    expect((await ask(within)).errors).toBeUndefined();
    asked = 0;
    const { status, errors, data } = await ask(beyond);
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        message: expect.stringContaining(`(${setting})`),
        extensions: { code: 'OPERATION_TOO_LARGE' },
      },
    ]);
    expect(asked).toBe(0);
  },
);

test('the limit, what was found and the way out are in the message', async () => {
  const { errors } = await ask('{ x: b y: b z: b }');
  expect(errors?.[0]?.message).toBe('The operation has 3 aliases, and may have 2 (MAX_ALIASES).');
});

test('clients that read application/json alone get it with status 200, like all that is wrong with a document', async () => {
  const { status, errors } = await ask('{ x: b y: b z: b }', 'application/json');
  expect(status).toBe(200);
  expect(errors).toHaveLength(1);
});

test('the largest operation of a document counts, whichever is run', async () => {
  const { errors } = await ask('query A { b } query B { x: b y: b z: b }');
  expect(errors?.[0]?.extensions?.['code']).toBe('OPERATION_TOO_LARGE');
});

test('fragments that double are counted without being walked through', () => {
  const doubling = Array.from(
    { length: 200 },
    (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`,
  );
  const bomb = `{ ...f0 } ${doubling.join(' ')} fragment f200 on Query { x: b }`;
  const { height, aliases, rootFields } = measureDocument(parse(bomb));
  expect([height, aliases, rootFields]).toEqual([2 ** 200, 2 ** 200, 2 ** 200]);
});

test('documents that are not valid are measured all the same', () => {
  const circle = '{ ...a ...nowhere } fragment a on Query { b ...a }';
  expect(measureDocument(parse(circle))).toMatchObject({ depth: 1, height: 1, rootFields: 1 });
});

test('what common tools ask of a schema is within the defaults', async () => {
  const { getIntrospectionQuery } = await import('graphql');
  const size = measureDocument(parse(getIntrospectionQuery({ inputValueDeprecation: true })));
  const { documentLimits } = readRouterSettings({});
  for (const [name, found] of Object.entries(size))
    expect(found, name).toBeLessThanOrEqual(Object(documentLimits)[name]);
});
