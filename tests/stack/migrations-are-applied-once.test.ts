import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../stack/migrate.ts';
import { type Postgres, startPostgres } from '../../stack/postgres/postgres.ts';
import { temporaryFolder } from './folders.ts';

const FIRST = '20260101000000_shelf';
const SECOND = '20260102000000_books';

const folder = temporaryFolder();
let postgres: Postgres;
let databases = 0;

beforeAll(async () => {
  postgres = await startPostgres({ directory: folder.path, log: pino({ level: 'silent' }) });
});

afterAll(async () => {
  await postgres.stop();
  folder[Symbol.dispose]();
});

const write = (migrations: string, name: string, sql: string): void => {
  mkdirSync(path.join(migrations, name), { recursive: true });
  writeFileSync(path.join(migrations, name, 'migration.sql'), sql);
};

/** A database and migrations of its own: two that work. */
const arrange = async (): Promise<{ url: string; migrations: string }> => {
  databases += 1;
  const migrations = path.join(folder.path, `migrations-${databases}`);
  write(migrations, FIRST, 'CREATE TABLE shelf (id int); INSERT INTO shelf VALUES (1);');
  write(migrations, SECOND, 'ALTER TABLE shelf ADD COLUMN books int;');
  writeFileSync(path.join(migrations, 'migration_lock.toml'), 'provider = "postgresql"\n');
  return { url: await postgres.createDatabase(`database_${databases}`), migrations };
};

const rows = async (url: string, sql: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const result = await client.query(sql);
  await client.end();
  return result.rows;
};

it('three runners at once apply each migration once, in order', async () => {
  const { url, migrations } = await arrange();
  const applied = await Promise.all([1, 2, 3].map(() => migrate(url, migrations)));
  expect(applied.flat()).toEqual([FIRST, SECOND]);
  expect(await rows(url, 'SELECT id, books FROM shelf')).toEqual([{ id: 1, books: null }]);
});

it('applied migrations are recorded as Prisma records them', async () => {
  const { url, migrations } = await arrange();
  await migrate(url, migrations);
  const [first] = await rows(url, 'SELECT * FROM _prisma_migrations ORDER BY migration_name');
  expect(first).toMatchObject({
    migration_name: FIRST,
    checksum: createHash('sha256')
      .update('CREATE TABLE shelf (id int); INSERT INTO shelf VALUES (1);')
      .digest('hex'),
    logs: null,
    rolled_back_at: null,
    applied_steps_count: 1,
  });
  expect(first?.['finished_at']).toBeInstanceOf(Date);
});

it('a second run applies nothing', async () => {
  const { url, migrations } = await arrange();
  await migrate(url, migrations);
  expect(await migrate(url, migrations)).toEqual([]);
});

it('an applied migration that was edited is refused', async () => {
  const { url, migrations } = await arrange();
  await migrate(url, migrations);
  write(migrations, SECOND, 'ALTER TABLE shelf ADD COLUMN magazines int;');
  await expect(migrate(url, migrations)).rejects.toThrow(
    `Migration ${SECOND} was edited after it was applied`,
  );
});

it('a database that is ahead of the code is refused', async () => {
  const { url, migrations } = await arrange();
  await migrate(url, migrations);
  rmSync(path.join(migrations, SECOND), { recursive: true });
  await expect(migrate(url, migrations)).rejects.toThrow('this version does not have it');
});

it('a migration that fails leaves nothing of itself, and can be mended', async () => {
  const { url, migrations } = await arrange();
  write(migrations, SECOND, 'CREATE TABLE half (id int); SELECT * FROM nowhere;');
  await expect(migrate(url, migrations)).rejects.toThrow(
    `Migration ${SECOND} failed and was undone: relation "nowhere" does not exist`,
  );
  expect(await rows(url, "SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);

  write(migrations, SECOND, 'CREATE TABLE whole (id int);');
  expect(await migrate(url, migrations)).toEqual([SECOND]);
});

it('one that Prisma began and did not finish is refused', async () => {
  const { url, migrations } = await arrange();
  await migrate(url, migrations);
  await rows(
    url,
    `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${SECOND}'`,
  );
  await expect(migrate(url, migrations)).rejects.toThrow('began and did not finish');
});
