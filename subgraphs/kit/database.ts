import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';

/** A pool of connections to a subgraph's own database, and Prisma's way to it. */
export interface Database {
  /** Give it to a Prisma client: `new PrismaClient({ adapter })`. */
  readonly adapter: PrismaPg;
  readonly pool: pg.Pool;
  /** Resolves when the database answers, rejects when it does not. */
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  /** Called with the text of every statement that is sent; tests count them. */
  readonly onStatement?: ((text: string) => void) | undefined;
  /** How many connections there may be at once; 8 where it is left out. */
  readonly maxConnections?: number;
}

/** With those for the background and for listening, 14 at the most, which the launcher counts with. */
const MAX_CONNECTIONS = 8;

/** Opens connections lazily: that the server is there is what `ping` is for. */
export const openDatabase = (url: string, options: DatabaseOptions = {}): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? MAX_CONNECTIONS,
    // Without it a request waits for ever while the server is gone. Fifty people who change one thing at
    // once wait for one another here too, on a busy machine for seconds; the router waits for ten.
    connectionTimeoutMillis: 8_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
  });
  // A connection that breaks while idle is replaced; unheard, the event would end the process.
  pool.on('error', () => {});
  const { onStatement } = options;
  if (onStatement !== undefined) pool.on('connect', (client) => report(client, onStatement));

  return {
    adapter: new PrismaPg(pool),
    pool,
    ping: async () => {
      await pool.query('SELECT 1');
    },
    close: () => pool.end(),
  };
};

const report = (client: pg.PoolClient, onStatement: (text: string) => void): void => {
  const query: (...args: never[]) => unknown = client.query.bind(client);
  const reporting = (...args: never[]): unknown => {
    const [first]: readonly unknown[] = args;
    onStatement(typeof first === 'string' ? first : String(Object(first).text));
    return query(...args);
  };
  Object.assign(client, { query: reporting });
};
