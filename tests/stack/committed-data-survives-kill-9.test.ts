import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { isAlive } from '../../stack/living.ts';
import { clusterFolder } from '../../stack/postgres/cluster.ts';
import { type PostgresOptions, startPostgres } from '../../stack/postgres/postgres.ts';
import { temporaryFolder } from './folders.ts';

const log = pino({ level: 'silent' });
const start = (directory: string, options: Partial<PostgresOptions> = {}) =>
  startPostgres({ directory, log, ...options });

const query = async (url: string, sql: string): Promise<readonly unknown[]> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

/** Asks again until it is answered, as the pools of the subgraphs do. */
const eventually = async (url: string, sql: string): Promise<readonly unknown[]> => {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return await query(url, sql);
    } catch {
      await sleep(100);
    }
  }
  return query(url, sql);
};

describe('what was committed survives', () => {
  it('kill -9 of the postmaster, which is started again on its port', async () => {
    using folder = temporaryFolder();
    await using postgres = await start(folder.path, {
      databases: [{ name: 'cart', extensions: [] }],
    });
    const url = postgres.urlFor('cart');
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');

    const killed = postgres.pid();
    process.kill(killed, 'SIGKILL');

    expect(await eventually(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(postgres.pid()).not.toBe(killed);
  });

  it('kill -9 of whoever started it, whose orphan the next start replaces', async () => {
    using folder = temporaryFolder();
    const starter = fork(path.join(import.meta.dirname, 'fixtures/database.mjs'), [folder.path]);
    const [{ pid: orphan }] = (await once(starter, 'message')) as [{ pid: number }];
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    expect(isAlive(orphan)).toBe(true);

    await using postgres = await start(folder.path);

    expect(isAlive(orphan)).toBe(false);
    expect(postgres.isNew).toBe(false);
    expect(await query(postgres.superuserUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('an id in postmaster.pid that now belongs to another process, which is left alone', async () => {
    using folder = temporaryFolder();
    await (await start(folder.path)).stop();
    const stale = path.join(clusterFolder(folder.path), 'postmaster.pid');
    writeFileSync(stale, `${process.ppid}\n`);

    await using postgres = await start(folder.path);

    expect(isAlive(process.ppid)).toBe(true);
    expect(isAlive(postgres.pid())).toBe(true);
  });
});

describe('a start', () => {
  it('takes the port of the time before, and another where that is taken', async () => {
    using folder = temporaryFolder();
    using elsewhere = temporaryFolder();
    const first = await start(folder.path);
    await first.stop();
    {
      await using again = await start(folder.path);
      expect(again.port).toBe(first.port);
    }
    await using squatter = await start(elsewhere.path, { port: first.port });
    await using third = await start(folder.path);
    expect(third.port).not.toBe(squatter.port);
  });

  it('forgets what an initialization that was cut off has left', async () => {
    using folder = temporaryFolder();
    const left = path.join(path.dirname(clusterFolder(folder.path)), 'initializing-1');
    mkdirSync(left, { recursive: true });

    await using postgres = await start(folder.path);

    expect(postgres.isNew).toBe(true);
    expect(() => statSync(left)).toThrow('ENOENT');
  });

  it('keeps passwords from everyone else', async () => {
    using folder = temporaryFolder();
    await using _ = await start(folder.path);
    expect(statSync(path.join(folder.path, 'database.json')).mode & 0o777).toBe(0o600);
  });

  // Whoever is not root has nothing to try here.
  if (process.getuid?.() === 0) {
    it('works for root in a folder that is closed', async () => {
      using folder = temporaryFolder(0o700);
      await using postgres = await start(folder.path);
      const owner = readFileSync(`/proc/${postgres.pid()}/status`, 'utf8').match(
        /Uid:\s+(\d+)/,
      )?.[1];
      expect(owner).toBe('65534');
    });
  }

  it('copies a database with its owner', async () => {
    using folder = temporaryFolder();
    await using postgres = await start(folder.path);
    await query(await postgres.createDatabase('template'), 'CREATE TABLE kept AS SELECT 1 AS one');

    const copy = await postgres.createDatabase('copy', 'template');

    expect(await query(copy, 'SELECT one, current_user FROM kept')).toEqual([
      { one: 1, current_user: 'template' },
    ]);
  });
});

describe('a data folder that is damaged is told in one line, and left as it is', () => {
  const damage = async (file: string, content: string | Buffer): Promise<Error> => {
    using folder = temporaryFolder();
    await (await start(folder.path)).stop();
    const damaged = path.join(clusterFolder(folder.path), file);
    writeFileSync(damaged, content);
    const error = await start(folder.path).then(
      () => new Error('it started'),
      (reason: Error) => reason,
    );
    expect(readFileSync(damaged)).toEqual(Buffer.from(content));
    return error;
  };

  it.each([
    ['PG_VERSION', 'garbage', 'PG_VERSION holds no version'],
    ['global/pg_control', Buffer.alloc(8192, 7), 'incompatible'],
    ['global/pg_control', '', 'pg_control'],
  ])('%s', async (file, content, what) => {
    const error = await damage(file, content);
    expect(error.name).toBe('SettingsError');
    expect(error.message).toContain('is damaged');
    expect(error.message).toContain(what);
    expect(error.message).toContain('npm start -- --reset');
    expect(error.message).not.toContain('\n');
  });

  it('PG_VERSION of another version', async () => {
    const error = await damage('PG_VERSION', '12\n');
    expect(error.message).toContain('was made by PostgreSQL 12');
  });

  it('a folder with files but no PG_VERSION', async () => {
    using folder = temporaryFolder();
    const cluster = clusterFolder(folder.path);
    mkdirSync(cluster, { recursive: true });
    writeFileSync(path.join(cluster, 'precious'), 'data');
    await expect(start(folder.path)).rejects.toThrow('PG_VERSION is missing');
    expect(readFileSync(path.join(cluster, 'precious'), 'utf8')).toBe('data');
  });
});
