import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readParts } from '../../bench/router/multipart.mjs';
import type { Results } from '../../bench/router/shapes.ts';
import { compareAnswers } from '../../bench/router/verify.mjs';
import { withCleanup } from '../kit/cleanup.ts';

/** Runs the bench in the quickest way there is; gives what it printed and where it wrote. */
const runBench = (args: readonly string[]) =>
  withCleanup(async ({ defer }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'emporium-bench-test-'));
    defer(() => rm(folder, { recursive: true }));
    const pace = ['--rounds', '1', '--seconds', '0.2', '--warm-up', '0.1'];
    const { stdout } = await promisify(execFile)(process.execPath, [
      'bench/router/main.mjs',
      ...pace,
      ...['--json', '--out', folder],
      ...args,
    ]);
    const results: Results = JSON.parse(stdout);
    return { folder, results };
  });

const positive = expect.toSatisfy((value) => typeof value === 'number' && value > 0);

test('a run verifies every answer, and prints and writes a row for each router and workload', async () => {
  await using run = await runBench(['--only', 'emporium', '--workloads', 'tiny,fanout-5']);
  const row = {
    name: 'emporium',
    cpuMs: positive,
    rps: positive,
    p50: positive,
    p99: positive,
    rssMb: positive,
    failures: 0,
    answersVerified: 256,
  };
  expect(run.results.left).toEqual([]);
  expect(run.results.rows).toEqual([
    expect.objectContaining({ ...row, workload: 'tiny', fetches: 1 }),
    expect.objectContaining({ ...row, workload: 'fanout-5', fetches: positive }),
  ]);
  // Eight for each alone; those of requests at once are joined.
  expect(run.results.rows[1]?.fetches).toBeLessThanOrEqual(8);
  const written = await readFile(path.join(run.folder, 'results.json'), 'utf8');
  expect(JSON.parse(written)).toEqual(run.results);
  expect(await readFile(path.join(run.folder, 'RESULTS.md'), 'utf8')).toContain('### fanout-5');
  expect(await readFile(path.join(run.folder, 'cpu.svg'), 'utf8')).toContain('fanout-5');
});

test('who gives another answer, or too few errors, is not compared', () => {
  const right = { data: { user: { id: 'u1', name: null } }, errors: [{ message: 'no name' }] };
  const inOtherWords = { ...right, errors: [{ message: 'Something went wrong.' }] };
  expect(compareAnswers(inOtherWords, right)).toBeUndefined();

  const wrong = [
    { ...right, data: { user: { id: 'u2', name: null } } },
    { ...right, data: { user: { id: 'u1' } } },
    { data: right.data },
  ];
  for (const answer of wrong) expect(compareAnswers(answer, right)?.kind).toBe('wrong');
  expect(compareAnswers({ data: null, errors: right.errors }, right)?.kind).toBe('refused');
});

test('an answer in parts is put together before it is compared', () => {
  const part = (json: object): string =>
    `\r\n--graphql\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(json)}`;
  const first = { data: { users: [{ id: 'u1' }, { id: 'u2', cart: { id: 'c' } }] }, hasNext: true };
  const late = [
    { path: ['users', 1], data: { name: 'Two', cart: { total: 3 } } },
    { path: ['users', 0], data: { name: null }, errors: [{ message: 'no name' }] },
  ];
  const body = `${part(first)}${part({ incremental: late, hasNext: false })}\r\n--graphql--\r\n`;
  expect(readParts('multipart/mixed; boundary="graphql"', body)).toEqual({
    data: {
      users: [
        { id: 'u1', name: null },
        { id: 'u2', cart: { id: 'c', total: 3 }, name: 'Two' },
      ],
    },
    errors: [{ message: 'no name' }],
  });
  const single = `${part(first)}\r\n--graphql--\r\n`;
  expect(readParts('multipart/mixed; boundary=graphql', single)).toBe('gives a single part');
});
