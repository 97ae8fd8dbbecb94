import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { isAsset } from '../../stack/build/assets.mjs';
import { concerned } from '../../stack/dev.ts';
import { SUBGRAPHS } from '../../stack/subgraphs.ts';
import { temporaryFolder } from './folders.ts';

const builder = path.join(import.meta.dirname, 'fixtures/builder.mjs');

it('builds that come together are done one after the other', async () => {
  using folder = temporaryFolder();
  const [lock, diary] = ['lock', 'diary'].map((name) => path.join(folder.path, name));
  const build = () => promisify(execFile)(process.execPath, [builder, lock ?? '', diary ?? '']);
  await Promise.all([build(), build(), build()]);
  expect(readFileSync(diary ?? '', 'utf8')).toBe('begin end '.repeat(3));
  expect(existsSync(lock ?? '')).toBe(false);
});

it('a build that was killed does not keep others waiting', () => {
  using folder = temporaryFolder();
  const lock = path.join(folder.path, 'lock');
  mkdirSync(lock);
  writeFileSync(path.join(lock, 'pid'), '4194304');
  execFileSync(process.execPath, [builder, lock, path.join(folder.path, 'diary')], {
    timeout: 10_000,
  });
  expect(existsSync(lock)).toBe(false);
});

it('what code finds beside itself is copied, what only the build needs is not', () => {
  const files = ['subgraphs/cart/schema.graphql', 'prisma/cart/migrations/1_a/migration.sql'];
  expect(files.filter(isAsset)).toEqual(files);
  expect(['subgraphs/cart/main.ts', 'prisma/cart/schema.prisma'].filter(isAsset)).toEqual([]);
});

it('an edit restarts what it concerns, and nothing else', () => {
  expect(concerned('subgraphs/cart/store.ts')).toEqual(['cart']);
  expect(concerned('prisma/cart/schema.prisma')).toEqual(['cart']);
  expect(concerned('subgraphs/cart/schema.graphql')).toEqual(['cart']);
  expect(concerned('supergraph.graphql')).toEqual(['router']);
  expect(concerned('subgraphs/kit/server.ts')).toEqual(SUBGRAPHS);
  expect(concerned('router/stages/receive.ts')).toEqual(['router']);
  expect(concerned('contract/viewer.ts')).toEqual([...SUBGRAPHS, 'payments', 'router']);
  expect(concerned('prisma/seed/seed.ts')).toEqual([]);
});
