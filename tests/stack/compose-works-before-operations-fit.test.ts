import { execFile } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { ROOT } from '../../stack/folders.ts';
import { temporaryFolder } from './folders.ts';

/** What is made, and what is not the project's own. */
const LEFT_OUT = [
  '.cache',
  '.ci',
  '.data',
  '.git',
  'bench',
  'dist',
  'generated',
  'node_modules',
  'tests',
];

const copyOfProject = (folder: string): string => {
  const copy = path.join(folder, 'project');
  cpSync(ROOT, copy, {
    recursive: true,
    filter: (source) => !LEFT_OUT.includes(path.relative(ROOT, source)),
  });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
};

it('a field and an operation that asks for it come together: compose, check, then build', async () => {
  using folder = temporaryFolder();
  const project = copyOfProject(folder.path);
  const at = (file: string) => path.join(project, file);
  const edit = (file: string, from: string, to: string) =>
    writeFileSync(
      at(file),
      readFileSync(at(file), 'utf8').replace(from, () => to),
    );
  const npm = (...words: readonly string[]) =>
    promisify(execFile)('npm', ['--silent', 'run', ...words], { cwd: project });

  edit(
    'subgraphs/users/schema.graphql',
    'type Query {',
    'type Query {\n  "Of a test."\n  now: String',
  );
  edit('operations/storefront/my-market.graphql', 'me {', 'now\n  me {');

  await expect(npm('check')).resolves.toMatchObject({
    stdout: expect.stringContaining('✓ passed'),
  });
  expect((await npm('compose')).stdout).toContain('Composed supergraph.graphql');
  expect(readFileSync(at('supergraph.graphql'), 'utf8')).toContain('now: String');
}, 120_000);
