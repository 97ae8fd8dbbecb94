import type { Client } from 'pg';
import { withConnection } from '../../subgraphs/kit/connection.ts';
import { learn } from '../../subgraphs/recommendations/training/store.ts';
import { insertRows, type TableRows } from './insert.ts';
import { createMarket, type Market } from './market.ts';
import { cartTables } from './rows/cart.ts';
import { catalogTables } from './rows/catalog.ts';
import { mediaTables } from './rows/media.ts';
import { recommendationsTables } from './rows/recommendations.ts';
import { usersTables } from './rows/users.ts';

/** The databases that the market is spread over. */
export type SeedDatabase = 'users' | 'catalog' | 'cart' | 'media' | 'recommendations';

/** How far it is; `done` and `total` count rows. */
export interface SeedProgress {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

interface Part {
  /** As long as all of them are empty, there is nothing that somebody would miss. */
  readonly tableNames: readonly string[];
  readonly tables: (market: Market) => readonly TableRows[];
  /** What the first request should find done. */
  readonly afterwards?: (client: Client) => Promise<void>;
}

const PARTS: Readonly<Record<SeedDatabase, Part>> = {
  users: { tableNames: ['users'], tables: usersTables },
  catalog: { tableNames: ['categories', 'products'], tables: catalogTables },
  cart: { tableNames: ['carts'], tables: cartTables },
  media: { tableNames: ['media_items'], tables: mediaTables },
  recommendations: {
    tableNames: ['events', 'items'],
    tables: recommendationsTables,
    afterwards: learn,
  },
};

/** "EMPORIUM" by the keys of a telephone: nobody else's lock in these databases. */
const SEED_LOCK = 36_767_486;

/**
 * Fills those databases that are empty with the development market; what holds anything is left as
 * it is. Each is filled in one transaction and checked under a lock, so that a start that is cut off
 * leaves nothing behind, and of two starts one seeds.
 *
 * @param urls undefined for a database that is left out
 * @returns how many rows were written
 * @throws what PostgreSQL says, once all databases have come to an end
 */
export const seedWhenEmpty = async (
  urls: Readonly<Record<SeedDatabase, string | undefined>>,
  report: (progress: SeedProgress) => void,
): Promise<{ seeded: boolean; rows: number }> => {
  // Looked at without a lock first: most starts find everything in place.
  const looked = await inAll(urls, (name, url) =>
    withConnection(url, (client) => isEmpty(client, name)),
  );
  const empty = new Set(looked.filter(({ result }) => result).map(({ name }) => name));
  if (empty.size === 0) return { seeded: false, rows: 0 };

  const market = createMarket(new Date());
  const tables = new Map([...empty].map((name) => [name, PARTS[name].tables(market)]));
  const total = rowsIn([...tables.values()].flat());
  let done = 0;
  const filled = await inAll(urls, async (name, url) => {
    const own = tables.get(name);
    if (own === undefined) return 0;
    return fillWhenEmpty(url, name, own, (count) => {
      done += count;
      report({ done, total, what: 'rows' });
    });
  });
  const rows = filled.reduce((sum, { result }) => sum + result, 0);
  return { seeded: rows > 0, rows };
};

const rowsIn = (tables: readonly TableRows[]): number =>
  tables.reduce((sum, { rows }) => sum + rows.length, 0);

/** All at once; a failure waits for the others, so that no transaction is cut off by it. */
const inAll = async <T>(
  urls: Readonly<Record<SeedDatabase, string | undefined>>,
  work: (name: SeedDatabase, url: string) => Promise<T>,
): Promise<readonly { name: SeedDatabase; result: T }[]> => {
  // Object.keys forgets the union.
  const names = Object.keys(PARTS) as SeedDatabase[];
  const started = names.flatMap((name) => {
    const url = urls[name];
    return url === undefined ? [] : [work(name, url).then((result) => ({ name, result }))];
  });
  await Promise.allSettled(started);
  return Promise.all(started);
};

const isEmpty = async (client: Client, name: SeedDatabase): Promise<boolean> => {
  const holds = PARTS[name].tableNames.map((table) => `EXISTS (SELECT FROM ${table})`);
  const { rowCount } = await client.query(`SELECT WHERE ${holds.join(' OR ')}`);
  return rowCount === 0;
};

/** @returns how many rows were written: 0 where somebody was faster */
const fillWhenEmpty = (
  url: string,
  name: SeedDatabase,
  tables: readonly TableRows[],
  onWritten: (count: number) => void,
): Promise<number> =>
  withConnection(url, async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [SEED_LOCK]);
    if (!(await isEmpty(client, name))) {
      await client.query('ROLLBACK');
      return 0;
    }
    for (const each of tables) await insertRows(client, each, onWritten);
    await client.query('COMMIT');
    // The planner should know the tables before the first request comes.
    await client.query(`ANALYZE ${tables.map(({ table }) => table).join(', ')}`);
    await PARTS[name].afterwards?.(client);
    return rowsIn(tables);
  });
