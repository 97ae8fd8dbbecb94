import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { HELP, readCommandLine } from '../../checks/command-line.ts';
import { readChecksConfig } from '../../checks/config/read.ts';
import { PARTS } from '../../checks/finding.ts';
import { temporaryFolder } from '../stack/folders.ts';
import { tableRows } from './readme.ts';

const PAGE = readFileSync('docs/checks.md', 'utf8');

const block = (language: string, containing: string): string => {
  const blocks = [...PAGE.matchAll(/```(\w+)\n([\s\S]*?)```/g)];
  const found = blocks.find(([, each, text]) => each === language && text?.includes(containing));
  return found?.[2] ?? '';
};

test('the page and the help name every part', () => {
  const rows = tableRows(PAGE).map(([name]) => name);
  expect(rows).toEqual(expect.arrayContaining(PARTS.map((part) => `\`${part}\``)));
  for (const part of PARTS) expect(HELP).toMatch(new RegExp(`^(Parts:)? +${part} `, 'm'));
});

test('the commands of the page are understood', () => {
  const commands = [...block('sh', 'npm run check').matchAll(/^npm run check(?: -- ([^#\n]*))?/gm)];
  expect(commands.length).toBeGreaterThan(4);
  for (const [, args = ''] of commands) {
    expect(() => readCommandLine(args.split(' ').filter(Boolean), {})).not.toThrow();
  }
});

test('the checks.yaml of the page is one', () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'checks.yaml');
  writeFileSync(file, block('yaml', 'operations: operations'));
  expect(readChecksConfig(file).contracts).toEqual({
    partners: { include: ['public'], exclude: ['internal'] },
  });
});

test('both CI files run a command that is understood', () => {
  const github = parse(readFileSync('.github/workflows/check.yml', 'utf8'));
  const runs = github.jobs.check.steps.flatMap((step: { run?: string }) => step.run ?? []);
  const gitlab = parse(block('yaml', 'CI_MERGE_REQUEST')).check.script;
  for (const commands of [runs, gitlab]) {
    const [, args = ''] = /^npm run check -- (.*)$/m.exec(commands.join('\n')) ?? [];
    const asked = readCommandLine(args.replaceAll('"', '').split(' '), {});
    expect(asked?.base).toMatch(/^\$/);
  }
});
