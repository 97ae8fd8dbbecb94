import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { SubgraphName } from '../../stack/subgraphs.ts';

/** A database that belongs to one test. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

/** Connections to a database of a test, to arrange and to look. */
export const openPool = (url: string): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // `end` does not wait for the server: dropping the database may meet a connection that is closing.
  pool.on('error', () => {});
  return pool;
};

/** Runs a statement that only the server's owner may. */
export const asSuperuser = async (text: string): Promise<void> => {
  const client = new pg.Client({ connectionString: inject('databases').superuserUrl });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
};

/** A subgraph's tables, without rows or with those of the seed, for one test alone. */
export const cloneDatabase = (
  subgraph: SubgraphName,
  kind: 'empty' | 'seeded',
): Promise<TestDatabase> => clone(inject('databases')[kind][subgraph]);

/** The empty ledger of a test payment provider, for one test alone. */
export const clonePayments = (): Promise<TestDatabase> => clone(inject('databases').empty.payments);

const clone = async (templateUrl: string): Promise<TestDatabase> => {
  const template = new URL(templateUrl);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asSuperuser(
    `CREATE DATABASE "${name}" TEMPLATE "${template.pathname.slice(1)}" OWNER "${template.username}"`,
  );
  const url = new URL(template);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => asSuperuser(`DROP DATABASE "${name}" WITH (FORCE)`),
  };
};
