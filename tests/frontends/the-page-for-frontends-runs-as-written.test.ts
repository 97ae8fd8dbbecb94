import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../stack/folders.ts';
import { launch } from '../stack/launched.ts';

const PAGE = 'docs/frontends.md';
const run = promisify(execFile);

/** The blocks of the page in a language, in their order. */
const blocksIn = (page: string, language: string): readonly string[] =>
  [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, each, text = '']) =>
    each === language ? [text.trim()] : [],
  );

test('from nothing to a typed, registered query against a running supergraph', async () => {
  using folder = temporaryFolder();
  const shop = path.join(folder.path, 'shop');
  const operations = path.join(folder.path, 'operations');
  await mkdir(path.join(shop, 'src'), { recursive: true });
  await symlink(path.resolve('node_modules'), path.join(shop, 'node_modules'));
  const page = await readFile(PAGE, 'utf8');
  const [query = ''] = blocksIn(page, 'graphql');
  const [code = ''] = blocksIn(page, 'ts');
  const [dev = '', codegen = '', add = '', trusted = ''] = blocksIn(page, 'sh');
  await writeFile(path.join(shop, 'src/newest.graphql'), query);
  await writeFile(path.join(shop, 'src/main.ts'), code);

  /** A command of the page, for this folder's shop. */
  const npm = async (command: string): Promise<string> => {
    const [, ...words] = command.replaceAll('../shop', shop).split(' ');
    const isRegistering = words.includes('operations');
    const more = isRegistering ? ['--operations', operations] : [];
    return (await run('npm', ['--silent', ...words, ...more])).stdout;
  };
  expect(await npm(codegen)).toContain('1 operations');
  expect(await readFile(path.join(shop, 'gql/schema.graphql'), 'utf8')).not.toContain('holdItems');

  const tsc = [
    'node_modules/typescript/bin/tsc',
    '--strict',
    '--skipLibCheck',
    '--types',
    'node',
    '--ignoreConfig',
  ];
  await run(process.execPath, [
    ...tsc,
    ...['--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'],
    ...['--noEmit', path.join(shop, 'src/main.ts')],
  ]);

  expect(await npm(add)).toMatch(/shop Newest\n {2}id {6}[0-9a-f]{64}\n {2}plan {4}1\. catalog/);
  const bundle = path.join(shop, 'main.mjs');
  await run('node_modules/.bin/rolldown', [path.join(shop, 'src/main.ts'), '--file', bundle]);

  /** What the page's program prints against a supergraph that a command of the page starts. */
  const askOf = async (command: string, environment: Readonly<Record<string, string>>) => {
    const [, name, value = '', args = ''] =
      /^(?:(\w+)=(\w+) )?npm .*? -- (.*)$/.exec(command) ?? [];
    await using launched = await launch(folder.path, {
      args: args.split(' '),
      settings: { OPERATIONS: operations, ...(name !== undefined && { [name]: value }) },
    });
    await launched.ready();
    const url = `http://127.0.0.1:${launched.port}/graphql`;
    const env = { GRAPHQL_URL: url, ...environment };
    return (await run(process.execPath, [bundle], { env })).stdout;
  };
  const three = /^\[\n( {2}\[ .+, '\d+\.\d\d' \],?\n){3}\]\n$/;
  expect(await askOf(dev, {})).toMatch(three);
  expect(await askOf(trusted, { BY_HASH: 'yes' })).toMatch(three);
  expect(await askOf(trusted, {})).toContain('OPERATION_NOT_REGISTERED');
}, 120_000);
