import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Client } from 'pg';
import { SettingsError } from '../process/settings.ts';
import { withConnection } from '../subgraphs/kit/connection.ts';

interface Migration {
  /** Folder, such as `20261123000000_init`; the order of the names is the order of the changes. */
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** The key that Prisma's own `migrate deploy` locks: neither runs into the other. */
const PRISMA_LOCK = 72_707_369;

/** As Prisma creates it, so that its commands read what is recorded here, and the other way round. */
const RECORD = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Brings a database up to date. Runners that come together wait for each other, and each migration
 * is applied once, whole or not at all.
 *
 * @param folder holds a folder for each migration, each with a migration.sql
 * @returns the names of those that were applied now
 * @throws SettingsError when one fails, when an applied one was edited since or had failed, or when
 *   the database knows one that is not in the folder
 */
export const migrate = (url: string, folder: string): Promise<readonly string[]> =>
  withConnection(url, async (client) => {
    // Given back when the connection closes, however that comes.
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    // Looked up first: the notice of CREATE TABLE IF NOT EXISTS would come at every start.
    const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') AS record");
    if (rows[0]?.record === null) await client.query(RECORD);

    const pending = pendingOf(readMigrations(folder), await readApplied(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  });

const readMigrations = (folder: string): readonly Migration[] => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
};

const readApplied = async (client: Client): Promise<readonly Applied[]> => {
  const { rows } = await client.query<Applied>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  return rows;
};

const pendingOf = (
  migrations: readonly Migration[],
  applied: readonly Applied[],
): readonly Migration[] => {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished_at: finishedAt } of applied) {
    const migration = known.get(name);
    if (migration === undefined) {
      throw new SettingsError(
        `Migration ${name} was applied to the database, but this version does not have it: start the newer version that made it`,
      );
    }
    if (finishedAt === null) {
      throw new SettingsError(
        `Migration ${name} began and did not finish: repair the database, then \`prisma migrate resolve\``,
      );
    }
    if (migration.checksum !== checksum) {
      throw new SettingsError(
        `Migration ${name} was edited after it was applied: undo the edit and write a new migration, or give up the data with npm start -- --reset`,
      );
    }
  }
  const done = new Set(applied.map(({ migration_name: name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
};

const apply = async (client: Client, { name, sql, checksum }: Migration): Promise<void> => {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`Migration ${name} failed and was undone: ${reason}`);
  }
};
