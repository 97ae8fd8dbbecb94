import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compose } from '../../composition/compose.ts';
import { CompositionFailure } from '../../composition/failure.ts';
import { startSmallFederation } from '../kit/federation.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

/** A folder with a supergraph.yaml and schemas, gone when the test ends. */
const folderWith = async (files: Readonly<Record<string, string>>) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-compose-'));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return {
    config: path.join(folder, 'supergraph.yaml'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
};

const yaml = (...names: string[]) =>
  `federation_version: =2.14.4\nsubgraphs:\n${names
    .map(
      (name) =>
        `  ${name}:\n    routing_url: http://${name}/graphql\n    schema:\n      file: ${name}.graphql\n`,
    )
    .join('')}`;

const failureOf = async (config: string): Promise<string> => {
  const failure: unknown = await compose(config).catch((error: unknown) => error);
  if (failure instanceof CompositionFailure) return failure.message;
  throw new Error('it composed');
};

test('a composed supergraph holds the routing URLs of supergraph.yaml', async () => {
  await using folder = await folderWith({
    'supergraph.yaml': yaml('a'),
    'a.graphql': `${LINK}\ntype Query { a: Int }`,
  });
  const { supergraph } = await compose(folder.config);
  expect(supergraph).toContain('@join__graph(name: "a", url: "http://a/graphql")');
});

test('a conflict names both subgraphs with line and column, the code, and the cure', async () => {
  await using folder = await folderWith({
    'supergraph.yaml': yaml('a', 'b'),
    'a.graphql': `${LINK}\ntype Query {\n  "described"\n  same: Int\n}`,
    'b.graphql': `${LINK}\ntype Query {\n  same: Int\n}`,
  });
  const message = await failureOf(folder.config);
  expect(message).toMatch(/a\.graphql:4:3, .*b\.graphql:3:3 INVALID_FIELD_SHARING: /);
  expect(message).toContain('4 |   same: Int\n  |   ^');
  expect(message).toContain('write `same: Int @shareable` in a and `same: Int @shareable` in b');
});

test('a schema that is no GraphQL is named with the place', async () => {
  await using folder = await folderWith({
    'supergraph.yaml': yaml('a'),
    'a.graphql': `${LINK}\ntype Query { a Int }`,
  });
  expect(await failureOf(folder.config)).toMatch(
    /^a \S*a\.graphql:2:16 INVALID_GRAPHQL: Syntax Error: /,
  );
});

test.each([
  ['no file', undefined, 'cannot be read'],
  ['no YAML', '{', 'is not YAML'],
  ['no subgraphs', 'subgraphs: {}', 'names no subgraphs'],
  ['another federation', 'federation_version: 1\nsubgraphs: {}', 'composes federation 2'],
  [
    'no routing URL',
    'subgraphs: { a: { schema: { file: a.graphql } } }',
    'subgraphs.a.routing_url',
  ],
  ['no schema', 'subgraphs: { a: { routing_url: http://a } }', 'subgraphs.a.schema'],
  ['a missing schema', yaml('a'), 'its schema'],
])('a supergraph.yaml with %s is refused in one line', async (_what, text, expected) => {
  await using folder = await folderWith(text === undefined ? {} : { 'supergraph.yaml': text });
  const message = await failureOf(folder.config);
  expect(message).toContain(expected);
});

test('a schema can be asked of a running service', async () => {
  await using federation = await startSmallFederation({
    live: { sdl: 'type Query { now: Int }', resolvers: {} },
  });
  const [, url] =
    /name: "live", url: "([^"]+)"/.exec(await readFile(federation.supergraph, 'utf8')) ?? [];
  await using folder = await folderWith({
    'supergraph.yaml': `subgraphs: { live: { schema: { subgraph_url: "${url}" } } }`,
  });
  const { supergraph } = await compose(folder.config);
  expect(supergraph).toContain('now: Int');
});
