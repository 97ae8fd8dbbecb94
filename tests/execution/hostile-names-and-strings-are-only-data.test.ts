import { buildSubgraphSchema } from '@apollo/subgraph';
import fc from 'fast-check';
import { execute, Kind, parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { type SubgraphCall, startEngine } from '../kit/engine.ts';
import { comparable } from './comparison.ts';
import { buildFederation } from './federations/build.ts';
import type { FederationSource } from './federations/federation.ts';
import { createReference } from './reference/reference.ts';

/** Two subgraphs that say what they are told. */
const ECHO: FederationSource = {
  name: 'echo',
  subgraphs: {
    near: `
      scalar JSON
      type Query { echo(text: String): String any(value: JSON): JSON fail(text: String): String thing(id: ID!): Thing }
      type Thing @key(fields: "id") { id: ID! }
    `,
    far: 'type Thing @key(fields: "id") { id: ID! seen(also: String): String }',
  },
};

const RESOLVERS = {
  Query: {
    echo: (_root: unknown, { text }: { text: string }) => text,
    any: (_root: unknown, { value }: { value: unknown }) => value,
    fail: (_root: unknown, { text }: { text: string }) => {
      throw new Error(text);
    },
    thing: (_root: unknown, { id }: { id: string }) => ({ id }),
  },
  Thing: { seen: ({ id }: { id: string }, { also }: { also: string }) => id + also },
};

/** Pieces that mean something in JSON, GraphQL, JavaScript or a terminal, and halves of characters. */
const PIECES = [
  '"',
  '\\',
  '\\u0022',
  '\n',
  '\u0000',
  '\u2028',
  '\u2029',
  '\ud800',
  '\udc00',
  '🙂',
  '`',
  '$' + '{1}',
  "'",
  '*/',
  '</script>',
  '"""',
  '#',
  '__proto__',
  'constructor',
  '{"__proto__":1}',
];

const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      fc.nat(0xff_ff).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

const answerEcho = (): { readonly supergraphSdl: string; readonly call: SubgraphCall } => {
  const { supergraphSdl, documents } = buildFederation(ECHO);
  const schemas = new Map(
    Object.entries(documents).map(([name, typeDefs]) => {
      const { Query, Thing } = RESOLVERS;
      const resolvers = name === 'near' ? { Query } : { Thing };
      return [name, buildSubgraphSchema({ typeDefs, resolvers })];
    }),
  );
  const call: SubgraphCall = async (subgraph, { query, variables }) => {
    const schema = schemas.get(subgraph);
    if (schema === undefined) throw new Error(`There is no subgraph ${subgraph}.`);
    const variableValues = JSON.parse(JSON.stringify(variables));
    const result = await execute({ schema, document: parse(query), variableValues });
    return JSON.parse(JSON.stringify(result));
  };
  return { supergraphSdl, call };
};

test('strings come through variables, literals, keys, errors and answers as they are', async () => {
  const { supergraphSdl, call } = answerEcho();
  const reference = createReference(supergraphSdl);
  await using engine = await startEngine({ supergraphSdl, call });
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      // A document cannot hold half a character.
      const literal = print({ kind: Kind.STRING, value: text.toWellFormed() });
      const document = `query ($constructor: String, $valueOf: ID!) {
        __proto__: echo(text: $constructor)
        literal: echo(text: ${literal})
        toString: thing(id: $valueOf) { hasOwnProperty: seen(also: $constructor) constructor: id }
        prototype: fail(text: $constructor)
      }`;
      const variables = { constructor: text, valueOf: text };
      const result = await engine.run(document, { variables });
      const json = JSON.stringify(text);
      expect(JSON.stringify(result.data)).toBe(
        `{"__proto__":${json},"literal":${JSON.stringify(text.toWellFormed())},` +
          `"toString":{"hasOwnProperty":${JSON.stringify(text + text)},"constructor":${json}},` +
          '"prototype":null}',
      );
      expect(result.errors?.map(({ message, path }) => ({ message, path }))).toEqual([
        { message: text, path: ['prototype'] },
      ]);
      expect(comparable(result)).toEqual(comparable(await reference(document)(variables, call)));
    }),
    { numRuns: 300 },
  );
});

test('members of JSON values keep their names and their order', async () => {
  const { supergraphSdl, call } = answerEcho();
  await using engine = await startEngine({ supergraphSdl, call });
  const values = fc.dictionary(
    fc.oneof(hostileText, fc.constantFrom('__proto__', 'constructor', 'toString', '0')),
    fc.jsonValue({ maxDepth: 2 }),
    { noNullPrototype: false },
  );
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      const json = JSON.stringify(value);
      const { data } = await engine.run('query ($value: JSON) { any(value: $value) }', {
        variables: { value: JSON.parse(json) },
      });
      expect(JSON.stringify(data)).toBe(`{"any":${json}}`);
    }),
    { numRuns: 300 },
  );
});
