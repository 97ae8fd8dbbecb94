import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readTrustedDocuments } from '../../router/documents/trusted.ts';
import { compiled } from '../../stack/folders.ts';
import { temporaryFolder } from '../stack/folders.ts';

const NEWEST =
  'query Newest($first: Int!) { products(first: $first) { nodes { id seller { id displayName } } } }\n';

/** A folder for operations, and one for what is to be registered. */
const workplace = () => {
  const folder = temporaryFolder();
  const operations = path.join(folder.path, 'operations');
  const write = (name: string, text: string): string => {
    const file = path.join(folder.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const run = async (...args: readonly string[]) => {
    const command = [compiled('frontends/operations/main.js'), ...args, '--operations', operations];
    return promisify(execFile)(process.execPath, command).then(
      ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
      ({ code, stderr }) => ({ code, stdout: '', stderr }),
    );
  };
  return { ...folder, operations, write, run, [Symbol.dispose]: () => folder[Symbol.dispose]() };
};

test('what is added is trusted by the id that is told, has its budget above it, is listed, and goes again', async () => {
  using work = workplace();
  const file = work.write('newest.graphql', `# Of the first page.\n${NEWEST}`);
  const { stdout } = await work.run('add', 'shop', file);
  const [, id = ''] = /id {6}([0-9a-f]{64})/.exec(stdout) ?? [];
  expect(stdout).toContain('plan    1. catalog\n          2. users: User at products.nodes.seller');
  expect(stdout).toContain('takes   fetches 2, depth 2, entities 1');
  expect(stdout).toMatch(/cost {4}about \d+/);

  const target = path.join(work.operations, 'shop/newest.graphql');
  expect(readFileSync(target, 'utf8')).toBe(
    `# Of the first page.\n# budget: fetches 2, depth 2, entities 1\n${NEWEST}`,
  );
  const trusted = readTrustedDocuments(work.operations, path.join(work.operations, 'services'));
  expect(trusted.find(id)).toContain('query Newest');

  const { stdout: list } = await work.run('list', 'shop');
  expect(list).toMatch(new RegExp(`^shop Newest +2 of 2 +2 of 2 +1 of 1 +- +${id}$`, 'm'));

  expect((await work.run('remove', 'shop', 'Newest')).stdout).toContain('Removed shop Newest');
  expect(existsSync(target)).toBe(false);
});

test('a name is taken by one operation, unless it is replaced', async () => {
  using work = workplace();
  await work.run('add', 'shop', work.write('newest.graphql', NEWEST));
  const other = work.write('other.graphql', 'query Newest { categories { id } }');
  const taken = await work.run('add', 'shop', other);
  expect(taken.stderr).toMatch(
    /^shop has Newest already, in .*newest\.graphql: .*\(--replace\)\.\n$/,
  );
  const replaced = await work.run('add', 'shop', other, '--replace');
  expect(replaced.stdout).toContain('shop Newest took the place of another.');
  expect(existsSync(path.join(work.operations, 'shop/newest.graphql'))).toBe(false);
});

test('what is removed takes the fragments along that nobody else uses', async () => {
  using work = workplace();
  const one = 'query One { products(first: 1) { nodes { ...Card } } }';
  const two = '# budget: fetches 9\nquery Two { products(first: 2) { nodes { ...Card ...Two } } }';
  const card = 'fragment Card on Product { id ...Name }';
  const name = 'fragment Name on Product { title }';
  const alone = '# Of Two alone.\nfragment Two on Product { ...Name }';
  const file = work.write('cards.graphql', [name, alone, two, card, one].join('\n'));
  await work.run('add', 'shop', file);
  await work.run('remove', 'shop', 'Two');
  const kept = path.join(work.operations, 'shop/cards.graphql');
  const left = readFileSync(kept, 'utf8');
  expect(left.split('\n').filter((line) => /^\w/.test(line))).toEqual([name, card, one]);
  expect(left).not.toContain('Of Two alone');
  await work.run('remove', 'shop', 'One');
  expect(existsSync(kept)).toBe(false);
});

test('each text of a manifest stands alone, with the fragments that it brings', async () => {
  using work = workplace();
  const card = 'fragment Card on Product { id title }';
  const texts = {
    one: `query One { products(first: 1) { nodes { ...Card } } } ${card}`,
    two: `query Two { products(first: 2) { nodes { ...Card } } } ${card}`,
  };
  const file = work.write('persisted-documents.json', JSON.stringify(texts));
  expect((await work.run('add', 'shop', file)).stdout).toMatch(/shop One\n {2}id {6}one\n/);
  const { stdout } = await work.run('list');
  expect(stdout).toMatch(/^shop Two .* two$/m);
  await work.run('remove', 'shop', 'One');
  expect((await work.run('list')).stdout).not.toContain('shop One');
});

test('services ask what clients do not see', async () => {
  using work = workplace();
  const stock =
    'mutation Hold($input: HoldItemsInput!) { holdItems(input: $input) { holds { productId } } }';
  const file = work.write('hold.graphql', stock);
  expect((await work.run('add', 'services/cart', file)).stdout).toContain('services/cart Hold');
  const { stderr } = await work.run('add', 'shop', file);
  expect(stderr).toMatch(/Unknown type "HoldItemsInput"[\s\S]*hold\.graphql:1:\d+/);
});

describe('what cannot be registered is told with its cure, and nothing is written', () => {
  test.each([
    [
      'a field that is not there',
      'query A { products(first: 1) { nods { id } } }',
      /a\.graphql:1:32/,
    ],
    ['no name', '{ categories { id } }', /a\.graphql:1: an operation has no name: write one/],
    ['no GraphQL', 'query A {', /a\.graphql:1:10: Syntax Error/],
    ['no operation', 'fragment A on Product { id }', /a\.graphql has no operation/],
    ['no budget', '# budget: 3\nquery A { categories { id } }', /"3" is no budget: write such as/],
  ])('%s', async (_what, text, said) => {
    using work = workplace();
    const { code, stderr } = await work.run('add', 'shop', work.write('a.graphql', text));
    expect(stderr).toMatch(said);
    expect(code).toBe(1);
    expect(existsSync(work.operations)).toBe(false);
  });

  test.each([
    [
      ['add', 'The Shop', 'a.graphql'],
      /^The Shop is no name of an application: write small letters/,
    ],
    [['add', 'shop', 'nowhere.graphql'], /^nowhere\.graphql is not there/],
    [['add', 'shop'], /^add needs an application and a file/],
    [['remove', 'shop', 'Newest'], /^shop has no operation Newest: it has none/],
    [['list', 'shop'], /^shop has registered nothing in .*: npm run operations -- add/],
    [['publish'], /^publish is no command: there are list, add and remove/],
  ])('%j', async (args, said) => {
    using work = workplace();
    const { code, stderr } = await work.run(...args);
    expect(stderr).toMatch(said);
    expect(code).toBe(1);
  });
});
