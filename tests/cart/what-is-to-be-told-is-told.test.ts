import type pg from 'pg';
import { expect, test } from 'vitest';
import { createLog } from '../../process/log.ts';
import { openDatabase } from '../../subgraphs/kit/database.ts';
import { type Deliver, type Outbox, openOutbox } from '../../subgraphs/kit/outbox.ts';
import { withCleanup } from '../kit/cleanup.ts';
import { cloneDatabase, openPool } from '../kit/database.ts';
import { createGate } from '../kit/gate.ts';

const startOutboxes = () =>
  withCleanup(async ({ use, defer }) => {
    const { url } = use(await cloneDatabase('cart', 'empty'));
    const pool = openPool(url);
    defer(() => pool.end());
    const open = (deliver: Record<string, Deliver>): Outbox => {
      const database = openDatabase(url);
      const outbox = openOutbox(database.pool, {
        deliver,
        log: createLog('cart', 'silent'),
        pauseMs: 10,
      });
      defer(async () => {
        await outbox.close();
        await database.close();
      });
      return outbox;
    };
    return { pool, open };
  });

const write = async (pool: pg.Pool, topic: string, count: number): Promise<void> => {
  await pool.query(
    "INSERT INTO outbox (topic, payload) SELECT $1, json_build_object('n', n) FROM generate_series(1, $2) n",
    [topic, count],
  );
};

const undelivered = async (pool: pg.Pool): Promise<number> =>
  (await pool.query('SELECT count(*)::int AS n FROM outbox WHERE delivered_at IS NULL')).rows[0].n;

test('four processes deliver a hundred rows once each', async () => {
  await using outboxes = await startOutboxes();
  const told: unknown[] = [];
  const deliver = { sold: async (payload: unknown) => void told.push(payload) };
  await write(outboxes.pool, 'sold', 100);
  for (let number = 0; number < 4; number += 1) outboxes.open(deliver);
  await expect.poll(() => undelivered(outboxes.pool)).toBe(0);
  const numbers = told.map((payload) => Object(payload).n).toSorted((one, other) => one - other);
  expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});

test('what fails is told again under the same id, and holds up nothing else', async () => {
  await using outboxes = await startOutboxes();
  const ids: string[] = [];
  const others: unknown[] = [];
  await write(outboxes.pool, 'hard', 1);
  await write(outboxes.pool, 'easy', 30);
  outboxes.open({
    hard: async (_payload, id) => {
      ids.push(id);
      if (ids.length < 3) throw new Error('not now');
    },
    easy: async (payload) => void others.push(payload),
  });
  await expect.poll(() => undelivered(outboxes.pool), { timeout: 10_000 }).toBe(0);
  expect(new Set(ids).size).toBe(1);
  expect(ids).toHaveLength(3);
  expect(others).toHaveLength(30);
});

test('a topic that nobody delivers waits for who does', async () => {
  await using outboxes = await startOutboxes();
  await write(outboxes.pool, 'later', 1);
  await write(outboxes.pool, 'now', 1);
  const told: string[] = [];
  outboxes.open({ now: async () => void told.push('now') });
  await expect.poll(() => told).toEqual(['now']);
  expect(await undelivered(outboxes.pool)).toBe(1);
  outboxes.open({ later: async () => void told.push('later') });
  await expect.poll(() => undelivered(outboxes.pool)).toBe(0);
  expect(told).toEqual(['now', 'later']);
});

test('who claimed a row and died leaves it to others when the claim ends', async () => {
  await using outboxes = await startOutboxes();
  await write(outboxes.pool, 'sold', 1);
  const gate = createGate();
  const first = outboxes.open({ sold: () => gate.passed });
  const attempts = async () =>
    (await outboxes.pool.query('SELECT attempts FROM outbox')).rows[0].attempts;
  await expect.poll(attempts).toBe(1);

  const told: unknown[] = [];
  outboxes.open({ sold: async (payload) => void told.push(payload) });
  expect(await undelivered(outboxes.pool)).toBe(1);
  await outboxes.pool.query('UPDATE outbox SET next_attempt_at = now()');
  await expect.poll(() => undelivered(outboxes.pool)).toBe(0);
  expect(told).toHaveLength(1);
  gate.open();
  await first.close();
});

test('closing waits for what is being delivered', async () => {
  await using outboxes = await startOutboxes();
  await write(outboxes.pool, 'sold', 1);
  const gate = createGate();
  const begun = createGate();
  const outbox = outboxes.open({
    sold: async () => {
      begun.open();
      await gate.passed;
    },
  });
  await begun.passed;
  const closed = outbox.close();
  gate.open();
  await closed;
  expect(await undelivered(outboxes.pool)).toBe(0);
});
