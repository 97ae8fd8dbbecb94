import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { backOff, HEALTHY_MS } from '../../process/back-off.ts';
import type { Logger } from '../../process/log.ts';

/** A server that went without a word is noticed within two of these, in milliseconds. */
const CHECK_MS = 15_000;
const ANSWER_MS = 5_000;
const CONNECT_MS = 3_000;

/** What is heard on a channel of the database. */
export interface Heard {
  /** Somebody called `NOTIFY`, and the transaction that did has been committed. */
  readonly onPayload: (payload: string) => void;
  /** The connection was broken and is there again: what was told in between is lost. */
  readonly onGap: () => void;
}

/** A connection that listens, and comes back whenever it breaks. */
export interface Listening {
  /** Resolves once it listens; rejects where the latest try to connect failed. */
  readonly begun: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Listens to `channel` on a connection of its own: a pool gives its connections to one after the
 * other, and LISTEN belongs to one. It needs a session of the server, so no pooler in transaction
 * mode may stand between.
 */
export const listen = (url: string, channel: string, heard: Heard, log: Logger): Listening => {
  const closing = new AbortController();
  let over = new AbortController();
  let attempt: Promise<void> = Promise.resolve();

  const oneConnection = async (isFirst: boolean): Promise<void> => {
    over = new AbortController();
    const client = createClient(url, over);
    const broken = rejectsWith(over.signal);
    client.on('notification', ({ payload }) => heard.onPayload(payload ?? ''));
    try {
      attempt = Promise.race([broken, begin(client, channel)]);
      await attempt;
      if (!isFirst) heard.onGap();
      await Promise.race([broken, check(client, over.signal)]);
    } finally {
      over.abort();
      await client.end();
    }
  };

  const keepListening = async (): Promise<void> => {
    let failures = 0;
    for (let tries = 0; !closing.signal.aborted; tries += 1) {
      const began = Date.now();
      await oneConnection(tries === 0).catch((error: unknown) => {
        if (!closing.signal.aborted) log.warn({ err: error, channel }, 'stopped listening');
      });
      failures = Date.now() - began < HEALTHY_MS ? failures + 1 : 1;
      await sleep(backOff(failures), undefined, { signal: closing.signal }).catch(() => {});
    }
  };

  const running = keepListening();
  return {
    begun: () => attempt,
    close: async () => {
      closing.abort();
      over.abort(new Error('closed'));
      await running;
    },
  };
};

/** A client that aborts `over` when its connection breaks. */
const createClient = (url: string, over: AbortController): pg.Client => {
  const client = new pg.Client({
    connectionString: url,
    // Operators find it by this name in pg_stat_activity.
    application_name: 'emporium listening',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
  });
  client.on('error', (error) => over.abort(error));
  client.once('end', () => over.abort(new Error('the server closed the connection')));
  return client;
};

const rejectsWith = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const begin = async (client: pg.Client, channel: string): Promise<void> => {
  await client.connect();
  await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
};

/** Asks for a sign of life now and then; rejects when there is none. */
const check = async (client: pg.Client, signal: AbortSignal): Promise<never> => {
  for (;;) {
    await sleep(CHECK_MS, undefined, { signal });
    await client.query('SELECT 1');
  }
};
