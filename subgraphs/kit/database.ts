import type { Socket } from 'node:net';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';

/** A pool of connections to a subgraph's own database, and Prisma's way to it. */
export interface Database {
  /** What a Prisma client is made of: `new PrismaClient(prismaOptions)`. */
  readonly prismaOptions: {
    readonly adapter: PrismaPg;
    /** In milliseconds. */
    readonly transactionOptions: { readonly maxWait: number; readonly timeout: number };
  };
  readonly pool: pg.Pool;
  /** Resolves when the database answers, rejects when it does not. */
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  /** Called with the text of every statement that is sent; tests count them. */
  readonly onStatement?: ((text: string) => void) | undefined;
  /** Called with the text of every statement that is sent; what it gives is called at its end. */
  readonly traceStatement?: ((text: string) => () => void) | undefined;
  /** How many connections there may be at once; 8 where it is left out. */
  readonly maxConnections?: number;
  /** After how long a silent connection is given up, in milliseconds; 12 s where it is left out. */
  readonly silenceMs?: number;
}

/** With those for the background and for listening, 14 at the most, which the launcher counts with. */
const MAX_CONNECTIONS = 8;

/** Longer than any statement may take, and than an idle connection is kept. */
const SILENCE_MS = 12_000;

/**
 * How long a request waits for a connection, in milliseconds. Fifty people who change one thing at once wait for
 * one another here too, on a busy machine for seconds, and Prisma's own two are too few; the router waits for ten.
 */
const MAX_WAIT_MS = 8_000;

/** How long a statement may take, or a transaction, in milliseconds. */
const MAX_WORK_MS = 10_000;

/** Opens connections lazily: that the server is there is what `ping` is for. */
export const openDatabase = (url: string, options: DatabaseOptions = {}): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? MAX_CONNECTIONS,
    // Without it a request waits for ever while the server is gone.
    connectionTimeoutMillis: MAX_WAIT_MS,
    statement_timeout: MAX_WORK_MS,
    idle_in_transaction_session_timeout: MAX_WORK_MS,
  });
  // A connection that breaks while idle is replaced; unheard, the event would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => giveUpWhenSilent(client, options.silenceMs ?? SILENCE_MS));
  const { onStatement, traceStatement } = options;
  if (onStatement !== undefined) pool.on('connect', (client) => report(client, onStatement));
  if (traceStatement !== undefined) pool.on('connect', (client) => trace(client, traceStatement));

  return {
    prismaOptions: {
      adapter: new PrismaPg(pool),
      transactionOptions: { maxWait: MAX_WAIT_MS, timeout: MAX_WORK_MS },
    },
    pool,
    ping: async () => {
      await pool.query('SELECT 1');
    },
    close: () => pool.end(),
  };
};

/**
 * A server that is gone without a word (its machine lost power, its network was cut) closes nothing, and
 * whoever waits for it would do so for as long as TCP does, which is many minutes, in every place of the pool.
 */
const giveUpWhenSilent = (client: pg.PoolClient, silenceMs: number): void => {
  // Every client has it; its types do not say so.
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } })
    .connection;
  stream.setTimeout(silenceMs, () => stream.destroy(new Error('the database fell silent')));
};

/** A query as `pg` takes it: a text or a configuration, and perhaps a callback at the end. */
type Query = (...args: unknown[]) => unknown;

const report = (client: pg.PoolClient, onStatement: (text: string) => void): void =>
  wrapQueries(client, (query, args) => {
    onStatement(textOf(args));
    return query(...args);
  });

const trace = (client: pg.PoolClient, traceStatement: (text: string) => () => void): void =>
  wrapQueries(client, (query, args) => {
    const end = traceStatement(textOf(args));
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      return query(...args.slice(0, -1), (...answered: unknown[]) => {
        end();
        callback(...answered);
      });
    }
    const answer = query(...args);
    Promise.resolve(answer).then(end, end);
    return answer;
  });

const wrapQueries = (
  client: pg.PoolClient,
  wrap: (query: Query, args: readonly unknown[]) => unknown,
): void => {
  // Its overloads are one function.
  const query = client.query.bind(client) as Query;
  Object.assign(client, { query: (...args: unknown[]) => wrap(query, args) });
};

const textOf = ([first]: readonly unknown[]): string =>
  typeof first === 'string' ? first : String(Object(first).text);
