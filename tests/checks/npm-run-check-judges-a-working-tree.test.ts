import { spawnSync } from 'node:child_process';
import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { startServer } from '../router/transport/arrange.ts';
import { composed } from './planner.ts';
import { startCommitted, startRepository } from './repository.ts';
import { SCHEMAS, shopWith } from './shop.ts';

const GIT = spawnSync('git', ['--version']).status === 0;
const BOTH = ['--only', 'composes,breaks'];

describe.skipIf(!GIT)('compared with what git knows', () => {
  test('what is as it was passes', async () => {
    await using repository = await startCommitted();
    const { code, stdout } = await repository.check(BOTH);
    expect(stdout).toContain('✓ passed  nothing found');
    expect(code).toBe(0);
  });

  test('what breaks an operation fails, with both places, and the cure', async () => {
    await using repository = await startCommitted();
    await repository.edit('reviews.graphql', '  stars: Float\n', '');
    const { code, stdout } = await repository.check(BOTH);
    expect(stdout).toContain('✗ FIELD_REMOVED  Field `stars` was removed from object type `Item`');
    expect(stdout).toMatch(/reviews reviews\.graphql:2:6\n[\s\S]*2 \| type Item @key/);
    expect(stdout).toContain('1 | query Shelf { items { name stars } }');
    expect(stdout).toContain('used by storefront Shelf');
    expect(stdout).toContain('→ Keep it');
    expect(code).toBe(1);
  });

  test('what does not compose fails whichever part is asked for, if that cannot be judged', async () => {
    await using repository = await startCommitted();
    await repository.edit('reviews.graphql', 'stars: Float', 'stars: Nothing');
    const breaks = await repository.check(['--only', 'breaks']);
    expect(breaks.stdout).toContain('Unknown type Nothing');
    expect(breaks.stdout).toContain('- breaks     the subgraphs do not compose');
    expect(breaks.code).toBe(1);
    const lints = await repository.check(['--only', 'lints']);
    expect(lints.stdout).not.toContain('composes');
  });

  test('a branch is compared with where it left the trunk, or with the commit that is named', async () => {
    await using repository = await startCommitted();
    await repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    await repository.edit('reviews.graphql', '  by: String\n', '');
    await repository.git('commit', '--quiet', '--all', '--message', 'Forget who wrote it');
    const left = await repository.check(BOTH);
    expect(left.stdout).toContain('(where it left origin/main)');
    expect(left.stdout).toContain('! FIELD_REMOVED  Field `by` was removed');
    expect(left.code).toBe(0);
    expect((await repository.check([...BOTH, '--base', 'HEAD'])).stdout).toContain('nothing found');
  });

  test('a base that has no supergraph.yaml is nothing to compare with', async () => {
    await using repository = await startCommitted();
    await repository.git('checkout', '--quiet', '--orphan', 'before');
    await repository.git('rm', '--quiet', '--cached', '-r', '.');
    await repository.git('commit', '--quiet', '--allow-empty', '--message', 'Begin');
    const { code, stdout } = await repository.check(BOTH);
    expect(stdout).toContain('has no supergraph.yaml');
    expect(stdout).toContain('✓ breaks     nothing found');
    expect(code).toBe(0);
  });

  test('a change is judged again as soon as it is saved, and Ctrl-C ends it', async () => {
    await using repository = await startCommitted();
    const watching = await repository.watch(BOTH);
    expect(await watching.printed('Ctrl-C stops')).toContain('✓ passed');
    await repository.edit('reviews.graphql', 'stars: Float', 'stars: [Float]');
    expect(await watching.printed('failed')).toContain('✗ FIELD_TYPE_CHANGED');
    await repository.edit('reviews.graphql', 'stars: [Float]', 'stars Float');
    expect(await watching.printed('failed')).toContain('✗ INVALID_GRAPHQL');
    // As many editors save.
    await repository.write('reviews.graphql~', SCHEMAS.reviews);
    await rename(
      path.join(repository.folder, 'reviews.graphql~'),
      path.join(repository.folder, 'reviews.graphql'),
    );
    expect(await watching.printed('passed')).toContain('nothing found');
    expect(await watching.interrupt()).toBe(0);
  });
});

test('a base may be another supergraph.yaml', async () => {
  await using before = await startRepository();
  await using after = await startRepository();
  await after.edit('reviews.graphql', 'stars: Float', 'stars: Int');
  const base = path.join(before.folder, 'supergraph.yaml');
  const { code, stdout } = await after.check([...BOTH, '--base', base]);
  expect(stdout).toContain('✗ FIELD_TYPE_CHANGED');
  expect(code).toBe(1);
});

test('a base may be the URL of a supergraph', async () => {
  await using repository = await startRepository();
  await using served = await startServer((_request, response) => {
    response.end(composed(shopWith([])));
  });
  const url = `http://127.0.0.1:${served.port}/supergraph.graphql`;
  await repository.edit('reviews.graphql', '  by: String\n', '');
  const { code, stdout } = await repository.check([...BOTH, '--base', url]);
  expect(stdout).toContain(`compared with ${url}`);
  expect(stdout).toContain('! FIELD_REMOVED  Field `by` was removed from object type `Review`');
  expect(code).toBe(0);
});

test('the schema of another repository is judged in the place of a subgraph’s', async () => {
  await using repository = await startRepository();
  await repository.write('elsewhere/schema.graphql', 'type Query { hours: String }');
  const judge = ['--subgraph', 'hours', '--schema', 'elsewhere/schema.graphql'];
  const unknown = await repository.check([...BOTH, ...judge]);
  expect(unknown.stderr).toBe(
    '--subgraph hours is none of shop, reviews: give --routing-url for a new one.\n',
  );
  expect(unknown.code).toBe(2);

  const added = await repository.check([
    ...[...BOTH, ...judge],
    ...['--routing-url', 'http://hours/graphql', '--json'],
  ]);
  expect(JSON.parse(added.stdout)).toMatchObject({
    verdict: 'passed',
    base: 'supergraph.yaml',
    findings: [{ code: 'FIELD_ADDED', places: [{ subgraph: 'hours' }] }],
  });

  const replaced = await repository.check([
    ...BOTH,
    ...['--subgraph', 'reviews', '--schema', 'elsewhere/schema.graphql'],
  ]);
  expect(replaced.stdout).toContain('✗ FIELD_REMOVED  Field `stars` was removed');
  expect(replaced.code).toBe(1);
});

test('GitHub shows findings at their lines, and a summary', async () => {
  await using repository = await startRepository();
  await repository.edit('shop.graphql', 'kind: Kind!\n', 'kind: Kynd!\n');
  const { stdout } = await repository.check(BOTH, {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: path.join(repository.folder, 'summary.md'),
  });
  expect(stdout).toMatch(
    /^::error file=shop\.graphql,line=21,col=9,title=INVALID_GRAPHQL::\[shop\] Unknown type Kynd/m,
  );
  const summary = await readFile(path.join(repository.folder, 'summary.md'), 'utf8');
  expect(summary).toContain('## ❌ This change does not pass');
  expect(summary).toContain('| breaks | not judged: the subgraphs do not compose |');
  expect(summary).toContain('**INVALID_GRAPHQL** [shop] Unknown type Kynd');
});

describe('what cannot be checked says why, with exit code 2', () => {
  test.each([
    [['--only', 'taste'], '--only taste is no part: there are composes, breaks,'],
    [['--base', 'nowhere'], '--base nowhere is neither a file nor a commit here'],
    [['--subgraph', 'shop'], '--subgraph NAME and --schema FILE go together'],
    [['--colour'], "Unknown option '--colour'"],
    [['--base', 'shop.graphql'], '--base shop.graphql is no supergraph'],
    [['--usage', 'shop.graphql'], 'shop.graphql is no usage file'],
  ])('%j', async (args, said) => {
    await using repository = await startRepository();
    const { code, stderr } = await repository.check(args);
    expect(stderr).toContain(said);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  test('an operation that is no GraphQL is named with its place', async () => {
    await using repository = await startRepository();
    await repository.write('operations/storefront/broken.graphql', 'query {');
    const { code, stderr } = await repository.check(BOTH);
    expect(stderr).toContain('operations/storefront/broken.graphql:1:8: Syntax Error');
    expect(code).toBe(2);
  });

  test('so does a promise of an operation that is none', async () => {
    await using repository = await startRepository();
    await repository.write('operations/a/b.graphql', '# budget: patience 3\nquery B { stock }');
    const { stderr } = await repository.check(BOTH);
    expect(stderr).toContain('operations/a/b.graphql:2: "patience 3" is no budget: write such as');
  });
});
