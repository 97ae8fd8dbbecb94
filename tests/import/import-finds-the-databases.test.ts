import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createLog } from '../../process/log.ts';
import { lockDataFolder, openDataFolder } from '../../stack/data-folder.ts';
import { startPostgres } from '../../stack/postgres/postgres.ts';
import { SHOP, spawnImport } from './importing.ts';

// Not mkdtemp: root's postmaster runs as somebody else, who must be able to pass the folder.
const folder = path.join(tmpdir(), `emporium-import-data-${process.pid}`);
const settings = { DATA_DIR: folder };

afterAll(() => rm(folder, { recursive: true, force: true }));

test('without a running Emporium, the embedded database is started, seeded, used and stopped', async () => {
  const { code, printed } = await spawnImport([SHOP], settings).ended;
  expect(printed).toContain('shop.csv: 80 new');
  expect(code).toBe(0);
  expect(existsSync(path.join(folder, 'launcher.pid'))).toBe(false);
  expect(existsSync(path.join(folder, 'postgres'))).toBe(true);
});

test('with a running Emporium, its database is used as it runs', async () => {
  const data = openDataFolder(folder);
  const lock = lockDataFolder(data);
  const postgres = await startPostgres({ directory: folder, log: createLog('postgres', 'silent') });
  const pid = postgres.pid();
  try {
    const { code, printed } = await spawnImport([SHOP], settings).ended;
    expect(printed).toContain('shop.csv: 80 unchanged');
    expect(code).toBe(0);
    expect(existsSync(data.lock)).toBe(true);
    expect(postgres.pid()).toBe(pid);
  } finally {
    await postgres.stop();
    lock.release();
  }
});

test('a lock whose database does not answer is told in one line', async () => {
  const lock = lockDataFolder(openDataFolder(folder));
  try {
    const { code, printed } = await spawnImport([SHOP], settings).ended;
    expect(printed).toMatch(
      /^The \w+ database does not answer \(ECONNREFUSED\): is Emporium still starting\?\n$/,
    );
    expect(code).toBe(1);
  } finally {
    lock.release();
  }
});

test.each([
  [['--help'], 0, /npm run import -- <file\.csv>/],
  [[], 1, /^One file is needed, 0 were given/],
  [['nowhere.csv'], 1, /^nowhere\.csv: there is no such file\n$/],
  [[SHOP, '--batch', '0'], 1, /^--batch 0: it is a whole number, 1 to 1000\n$/],
  [[SHOP, '--colour', 'red'], 1, /^Unknown option '--colour': see npm run import -- --help\n$/],
])('%j ends with %d', async (args, code, words) => {
  const ended = await spawnImport(args, {
    ...settings,
    DATABASE_URL_USERS: 'postgresql://nobody@127.0.0.1:1/none',
    DATABASE_URL_CATALOG: 'postgresql://nobody@127.0.0.1:1/none',
  }).ended;
  expect(ended.printed).toMatch(words);
  expect(ended.code).toBe(code);
});
