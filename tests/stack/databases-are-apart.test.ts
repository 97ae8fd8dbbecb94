import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedDatabases } from '../../stack/databases.ts';
import { PAYMENTS_DATABASE } from '../../stack/payments.ts';
import { type Postgres, startPostgres } from '../../stack/postgres/postgres.ts';
import { bySubgraph, EXTENSIONS, SUBGRAPHS } from '../../stack/subgraphs.ts';
import { temporaryFolder } from './folders.ts';

const folder = temporaryFolder();
let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres({
    directory: folder.path,
    databases: [...embeddedDatabases(bySubgraph(() => undefined)), PAYMENTS_DATABASE],
    log: pino({ level: 'silent' }),
  });
});

afterAll(async () => {
  await postgres.stop();
  folder[Symbol.dispose]();
});

const connect = async (url: string): Promise<Client> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
};

const inDatabase = (url: string, database: string): string => {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
};

const NAMES = [...SUBGRAPHS, 'payments'] as const;

describe.each(NAMES)('the role of %s', (name) => {
  const others = [...NAMES.filter((other) => other !== name), 'postgres', 'template1'];

  it.each(others)('may not enter the database %s', async (other) => {
    const url = inDatabase(postgres.urlFor(name), other);
    await expect(connect(url)).rejects.toThrow('permission denied for database');
  });

  it('may make tables in its own database', async () => {
    const client = await connect(postgres.urlFor(name));
    await client.query('CREATE TABLE own (id int)');
    await client.end();
  });

  it('may not make roles or databases, nor become another', async () => {
    const client = await connect(postgres.urlFor(name));
    await expect(client.query('CREATE ROLE more')).rejects.toThrow('permission denied');
    await expect(client.query('CREATE DATABASE more')).rejects.toThrow('permission denied');
    for (const other of NAMES.filter((each) => each !== name)) {
      await expect(client.query(`SET ROLE ${other}`)).rejects.toThrow('permission denied');
    }
    await client.end();
  });

  it('needs its own password', async () => {
    const url = new URL(postgres.urlFor(name));
    url.password = new URL(postgres.urlFor(name === 'cart' ? 'users' : 'cart')).password;
    await expect(connect(url.href)).rejects.toThrow('password authentication failed');
  });

  it('finds the extensions that it needs', async () => {
    const client = await connect(postgres.urlFor(name));
    const { rows } = await client.query<{ extname: string }>('SELECT extname FROM pg_extension');
    expect(rows.map(({ extname }) => extname)).toEqual(
      expect.arrayContaining([...(name === 'payments' ? [] : EXTENSIONS[name])]),
    );
    await client.end();
  });
});

it('the server keeps what it acknowledged, and listens on this machine only', async () => {
  const client = await connect(postgres.superuserUrl);
  const setting = async (name: string) =>
    (await client.query(`SELECT current_setting('${name}') AS value`)).rows[0]?.value;
  expect(await setting('fsync')).toBe('on');
  expect(await setting('synchronous_commit')).toBe('on');
  expect(await setting('listen_addresses')).toBe('127.0.0.1');
  expect(await setting('unix_socket_directories')).toBe('');
  await client.end();
});
