import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { readTrustedDocuments } from '../../../router/documents/trusted.ts';
import type { RouterSettings } from '../../../router/settings.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { type GraphqlResult, postGraphql } from '../../kit/http.ts';
import { createLogLines } from '../../kit/log-lines.ts';
import { startRouted } from '../../kit/routed.ts';

const NUMBERS = {
  numbers: {
    sdl: 'type Query { one: Int two: Int }',
    resolvers: { Query: { one: () => 1, two: () => 2 } },
  },
};

const OPERATION = 'query One {\n  ...Number\n}';
const FRAGMENT = 'fragment Number on Query {\n  one\n}';
const ID = createHash('sha256').update(`${OPERATION}\n\n${FRAGMENT}`).digest('hex');
const FROM_CODEGEN = 'a'.repeat(64);

interface Folder extends AsyncDisposable {
  readonly path: string;
  readonly write: (file: string, content: string) => Promise<void>;
}

const openFolder = async (): Promise<Folder> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-operations-'));
  return {
    path: folder,
    write: async (file, content) => {
      await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
      await writeFile(path.join(folder, file), content);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
};

const start = (overrides: Partial<RouterSettings>, options = {}) =>
  withCleanup(async ({ use }) => {
    const folder = use(await openFolder());
    await folder.write('web/one.graphql', OPERATION);
    await folder.write('web/parts/number.graphql', FRAGMENT);
    const manifest = { [FROM_CODEGEN]: 'query Two { two }' };
    await folder.write('phone/persisted-documents.json', JSON.stringify(manifest));
    await folder.write('services/cart/secret.graphql', 'query Secret { one two }');
    const settings = {
      operations: folder.path,
      serviceOperations: path.join(folder.path, 'services'),
      ...overrides,
    };
    const { router } = use(await startRouted(NUMBERS, settings, options));
    const send = (body: object): Promise<GraphqlResult> =>
      postGraphql(`${router.url}/graphql`, JSON.stringify(body), {
        accept: 'application/graphql-response+json',
      });
    return {
      ask: (query: string) => send({ query }),
      byId: (sha256Hash: string) =>
        send({ extensions: { persistedQuery: { version: 1, sha256Hash } } }),
    };
  });

const codeOf = ({ errors }: GraphqlResult): unknown => errors?.[0]?.extensions?.['code'];

test('a registered operation is known by its id, without having been sent', async () => {
  await using router = await start({ persistedQueries: false });
  expect((await router.byId(ID)).data).toEqual({ one: 1 });
  expect((await router.byId(FROM_CODEGEN)).data).toEqual({ two: 2 });
});

test('`only` refuses the rest, however it is sent, and takes what is registered however it is written', async () => {
  await using router = await start({ trustedDocuments: 'only' });
  for (const query of [
    '{ one }',
    'query Secret { one two }',
    'query One { ...Number } fragment Number on Query { one two }',
  ])
    expect(codeOf(await router.ask(query))).toBe('OPERATION_NOT_REGISTERED');
  const rewritten = 'fragment Number on Query { one } query One { ...Number } # the same';
  expect((await router.ask(rewritten)).data).toEqual({ one: 1 });
  expect((await router.byId(ID)).data).toEqual({ one: 1 });
});

test('`log` lets everything through and names what is not registered', async () => {
  const { log, lines } = createLogLines();
  await using router = await start({ trustedDocuments: 'log' }, { log });
  await router.ask('query Strange { two }');
  await router.ask(`${OPERATION} ${FRAGMENT}`);
  const told = lines.filter(({ msg }) => msg === 'not registered');
  expect(told).toMatchObject([{ operation: 'Strange' }]);
});

test('`off` asks nobody whether it is registered', async () => {
  await using router = await start({ trustedDocuments: 'off' });
  expect((await router.ask('{ two }')).data).toEqual({ two: 2 });
});

test('files that cannot be read say where and why', async () => {
  await using folder = await openFolder();
  const read = () => readTrustedDocuments(folder.path, path.join(folder.path, 'services'));
  expect(read().count).toBe(0);
  await folder.write('web/bad.graphql', 'query {\n  one(');
  expect(read).toThrow(/web\/bad\.graphql:2:7: Syntax Error/);
  await folder.write('web/bad.graphql', 'query Fine { one }');
  await folder.write('web/persisted-documents.json', '{ "x": "query {" }');
  expect(read).toThrow('persisted-documents.json: x is no GraphQL document.');
  await folder.write('web/persisted-documents.json', '{');
  expect(read).toThrow('persisted-documents.json is not JSON.');
});

test('the market’s own operations are registered as they are', () => {
  const { count, find } = readTrustedDocuments('operations', 'operations/services');
  expect(count).toBeGreaterThan(0);
  expect(find('0')).toBeUndefined();
  expect(print(parse(OPERATION))).toBe(OPERATION);
});
