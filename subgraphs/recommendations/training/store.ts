import type pg from 'pg';
import type { EventKind } from '../events.ts';
import { type Behaviour, gatherBehaviour } from './behaviour.ts';
import { type Learnt, type Listing, train } from './train.ts';

/** Of PostgreSQL's advisory locks: "it is being learnt". */
const LOCK = 7_262_001;

/** Events and rows a statement. */
const BATCH = 10_000;

const DAY_S = 86_400;

/** What came of looking for something to learn. */
export type Outcome = 'learnt' | 'fresh' | 'elsewhere';

/** Whether there is anything that was not learnt from. */
export const isStale = (client: pg.ClientBase): Promise<boolean> => isTrue(client, STALE);

/** Learns where there is something new and no other process is at it. */
export const learnWhenStale = async (client: pg.ClientBase): Promise<Outcome> => {
  if (!(await isTrue(client, `SELECT pg_try_advisory_lock(${LOCK}) AS yes`))) return 'elsewhere';
  try {
    if (!(await isStale(client))) return 'fresh';
    await readTrainAndSwap(client);
    return 'learnt';
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${LOCK})`);
  }
};

/** Learns from everything now. Waits where another process is at it. */
export const learn = async (client: pg.ClientBase): Promise<void> => {
  await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  try {
    await readTrainAndSwap(client);
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${LOCK})`);
  }
};

const isTrue = async (client: pg.ClientBase, text: string): Promise<boolean> => {
  const { rows } = await client.query<{ yes: boolean }>(text);
  return rows[0]?.yes === true;
};

// An event that commits after a later numbered one was learnt from waits for the next one.
const STALE = `
  SELECT coalesce((SELECT max(id) FROM events), 0) > coalesce(max(last_event_id), 0)
    OR coalesce((SELECT max(revision) FROM items), 0) > coalesce(max(last_revision), 0) AS yes
  FROM computations`;

interface Position {
  readonly event: string;
  readonly revision: string;
}

/** No transaction is open while it trains, which may take a minute. */
const readTrainAndSwap = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<Position>(
    `SELECT coalesce((SELECT max(id) FROM events), 0)::text AS event,
       coalesce((SELECT max(revision) FROM items), 0)::text AS revision`,
  );
  const position = rows[0] ?? { event: '0', revision: '0' };
  const { behaviour, events } = await readBehaviour(client, position);
  const learnt = train(behaviour, await readListings(client));
  await swap(client, learnt, position, events);
};

/** In one pass, a batch at a time. */
const readBehaviour = async (
  client: pg.ClientBase,
  position: Position,
): Promise<{ readonly behaviour: Behaviour; readonly events: number }> => {
  const gathered = gatherBehaviour();
  let events = 0;
  let last = '0';
  for (;;) {
    const { rows } = await client.query<EventRow>(
      `SELECT id::text, kind, product_id, actor_id, extract(epoch FROM occurred_at)::float8 AS at
       FROM events WHERE id > $1 AND id <= $2 ORDER BY id LIMIT ${BATCH}`,
      [last, position.event],
    );
    for (const { kind, product_id, actor_id, at } of rows) {
      gathered.add({ kind, productId: product_id, actorId: actor_id, day: at / DAY_S });
    }
    events += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < BATCH) return { behaviour: gathered.finish(), events };
  }
};

interface EventRow {
  readonly id: string;
  readonly kind: EventKind;
  readonly product_id: string;
  readonly actor_id: string;
  readonly at: number;
}

const readListings = async (client: pg.ClientBase): Promise<readonly Listing[]> => {
  const { rows } = await client.query<
    Omit<Listing, 'price'> & { readonly amount: number; readonly currency: string }
  >(
    `SELECT id AS "productId", title, brand, category_id AS "categoryId",
       price_amount::float8 AS amount, price_currency AS currency, is_available AS "isAvailable"
     FROM items ORDER BY id COLLATE "C"`,
  );
  return rows.map(({ amount, currency, ...row }) => ({
    ...row,
    price: { minorUnits: amount, currencyCode: currency },
  }));
};

/** In one transaction, so that nobody ever sees half of it, in whatever process they ask. */
const swap = async (
  client: pg.ClientBase,
  { neighbours, popularity }: Learnt,
  position: Position,
  events: number,
): Promise<void> => {
  await client.query('BEGIN');
  try {
    await client.query('DELETE FROM neighbours');
    for (const rows of batches(neighbours)) await client.query(INSERT_NEIGHBOURS, [json(rows)]);
    await client.query('DELETE FROM popularity');
    for (const rows of batches(popularity)) await client.query(INSERT_POPULARITY, [json(rows)]);
    await client.query(INSERT_COMPUTATION, [position.event, position.revision, events]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
};

const json = (rows: readonly object[]): string => JSON.stringify(rows);

const batches = <Row>(rows: readonly Row[]): readonly (readonly Row[])[] =>
  Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, n) =>
    rows.slice(n * BATCH, (n + 1) * BATCH),
  );

const INSERT_NEIGHBOURS = `
  INSERT INTO neighbours (product_id, neighbour_id, kind, score, rank)
  SELECT "productId", "neighbourId", kind, score, rank
  FROM jsonb_to_recordset($1::jsonb) AS learnt (
    "productId" text, "neighbourId" text, kind neighbour_kind, score float8, rank int
  )`;

const INSERT_POPULARITY = `
  INSERT INTO popularity (product_id, score)
  SELECT "productId", score
  FROM jsonb_to_recordset($1::jsonb) AS learnt ("productId" text, score float8)`;

const INSERT_COMPUTATION = `
  INSERT INTO computations (computed_at, last_event_id, last_revision, events)
  VALUES (now(), $1, $2, $3)
  ON CONFLICT (id) DO UPDATE SET computed_at = excluded.computed_at,
    last_event_id = excluded.last_event_id, last_revision = excluded.last_revision,
    events = excluded.events`;
