import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { backOff } from '../../process/back-off.ts';
import type { Logger } from '../../process/log.ts';

/**
 * Tells others what happened, by a table `outbox` in the service's own database: a row is written in
 * the transaction of what it is about, and delivered afterwards, as often as it takes.
 */
export interface Outbox {
  /** Looks for rows now: worth calling after a commit. */
  readonly wake: () => void;
  /** Waits for what is being delivered; the rest is there at the next start. */
  readonly close: () => Promise<void>;
}

/**
 * Delivers rows of one topic; throws where it is not known to be done, and is asked again then.
 * It may be asked again all the same after a crash: whoever is told must take twice for once, by `id`.
 */
export type Deliver = (payload: unknown, id: string) => Promise<void>;

export interface OutboxOptions {
  /** By topic; rows of other topics wait. */
  readonly deliver: Readonly<Record<string, Deliver>>;
  readonly log: Logger;
  /** How often to look without being woken, in milliseconds. */
  readonly pauseMs?: number;
}

interface Row {
  readonly id: string;
  readonly topic: string;
  readonly payload: unknown;
  readonly attempts: number;
}

/** Few enough to be delivered well within the claim. */
const BATCH = 20;

/** Who claimed rows and has not marked them by then is taken for dead, in seconds. */
const CLAIM_S = 60;

/** How long a delivered row is kept, for whoever wants to know what was told. */
const KEPT = '7 days';

const CLEANING_MS = 3_600_000;

/** Writes a row, in the transaction of what it is about. */
export const tell = async (
  tx: { readonly $executeRawUnsafe: (sql: string, ...values: unknown[]) => PromiseLike<unknown> },
  topic: string,
  payload: object,
): Promise<void> => {
  const sql = 'INSERT INTO outbox (topic, payload) VALUES ($1, $2::jsonb)';
  await tx.$executeRawUnsafe(sql, topic, JSON.stringify(payload));
};

/**
 * Delivers what the table holds until it is closed. Any number of processes may do so on one table:
 * each row is claimed by one at a time.
 */
export const openOutbox = (pool: pg.Pool, options: OutboxOptions): Outbox => {
  const { deliver, log, pauseMs = 1_000 } = options;
  const topics = Object.keys(deliver);
  const closing = new AbortController();
  let wake = new AbortController();

  const deliverOne = async ({ id, topic, payload, attempts }: Row): Promise<void> => {
    try {
      await deliver[topic]?.(payload, id);
      await markDelivered(pool, id);
    } catch (error) {
      log.warn({ err: error, topic, event: id, attempts }, 'not delivered yet');
      await putOff(pool, id, backOff(attempts));
    }
  };

  const deliverAll = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const rows = await claim(pool, topics);
      await Promise.all(rows.map(deliverOne));
      if (rows.length < BATCH) return;
    }
  };

  const run = async (): Promise<void> => {
    let cleanedAt = Number.NEGATIVE_INFINITY;
    while (!closing.signal.aborted) {
      wake = new AbortController();
      try {
        await deliverAll();
        if (performance.now() - cleanedAt > CLEANING_MS) {
          await clean(pool);
          cleanedAt = performance.now();
        }
      } catch (error) {
        log.warn({ err: error }, 'the outbox cannot be read');
      }
      const signal = AbortSignal.any([closing.signal, wake.signal]);
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  };
  const running = run();

  return {
    wake: () => wake.abort(),
    close: async () => {
      closing.abort();
      await running;
    },
  };
};

/** Claimed by moving its next attempt, so that no transaction is open while others are asked. */
const claim = async (pool: pg.Pool, topics: readonly string[]): Promise<readonly Row[]> => {
  const { rows } = await pool.query<Row>(
    `UPDATE outbox
     SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => ${CLAIM_S})
     WHERE id IN (
       SELECT id FROM outbox
       WHERE delivered_at IS NULL AND next_attempt_at <= now() AND topic = ANY($1)
       ORDER BY next_attempt_at LIMIT ${BATCH}
       FOR UPDATE SKIP LOCKED
     )
     RETURNING id, topic, payload, attempts`,
    [topics],
  );
  return rows;
};

const markDelivered = (pool: pg.Pool, id: string): Promise<unknown> =>
  pool.query('UPDATE outbox SET delivered_at = now() WHERE id = $1', [id]);

const putOff = (pool: pg.Pool, id: string, waitMs: number): Promise<unknown> =>
  pool.query(
    'UPDATE outbox SET next_attempt_at = now() + make_interval(secs => $2) WHERE id = $1',
    [id, waitMs / 1_000],
  );

const clean = (pool: pg.Pool): Promise<unknown> =>
  pool.query(`DELETE FROM outbox WHERE delivered_at < now() - interval '${KEPT}'`);
