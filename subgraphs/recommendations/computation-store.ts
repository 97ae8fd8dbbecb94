import type pg from 'pg';
import {
  HALF_LIFE_DAYS,
  LEARNING_DAYS,
  MAX_ITEMS_OF_A_PERSON,
  MAX_NEIGHBOURS,
  MIN_PEOPLE,
  SHRINKAGE,
  WEIGHTS,
} from './weights.ts';

/** Of PostgreSQL's advisory locks: "neighbours and popularity are being computed". */
const LOCK = 7_262_001;

/** Less than the time a process has to drain, since stopping waits for a computation under way. */
export const COMPUTATION_TIMEOUT_MS = 15_000;

/** Learns from the events where there are new ones and no other process is at it. */
export const recomputeWhenStale = async (
  client: pg.ClientBase,
): Promise<'computed' | 'fresh' | 'elsewhere'> => {
  if (!(await isTrue(client, `SELECT pg_try_advisory_lock(${LOCK}) AS yes`))) return 'elsewhere';
  try {
    if (!(await isTrue(client, STALE))) return 'fresh';
    await replaceAll(client);
    return 'computed';
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${LOCK})`);
  }
};

/**
 * Learns from all events now: neighbours and popularity are computed anew and swapped in one
 * transaction, so that nobody ever sees half of them. Waits where another process is at it.
 * 20,000 events over 1,500 items take about half a second, all of it in PostgreSQL.
 */
export const recompute = async (client: pg.ClientBase): Promise<void> => {
  await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  try {
    await replaceAll(client);
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
  SELECT (SELECT max(id) FROM events)
    > coalesce((SELECT last_event_id FROM computations), 0) AS yes`;

// The lock is taken before the transaction begins: a snapshot from before another's swap would
// make this one fail.
const replaceAll = async (client: pg.ClientBase): Promise<void> => {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  try {
    for (const statement of STATEMENTS) await client.query(statement);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
};

// Sums of floats depend on the order of their terms in the last digits: unrounded, two databases
// with the same events would break ties differently.
const rounded = (expression: string): string => `round((${expression})::numeric, 12)::float8`;

const WEIGHT = `
  CASE kind WHEN 'VIEWED' THEN ${WEIGHTS.VIEWED} WHEN 'ADDED_TO_CART' THEN ${WEIGHTS.ADDED_TO_CART}
    WHEN 'BOUGHT' THEN ${WEIGHTS.BOUGHT} END`;

/** What everyone did with an item lately: once for each person, item and kind, at the last time. */
const LATELY = `
  CREATE TEMPORARY TABLE lately ON COMMIT DROP AS
  SELECT actor_id, product_id, kind, max(occurred_at) AS occurred_at
  FROM events
  WHERE occurred_at > (SELECT max(occurred_at) FROM events) - interval '${LEARNING_DAYS} days'
  GROUP BY actor_id, product_id, kind`;

/** Items are numbered, because the pairs below are compared and grouped by the hundred thousand. */
const ITEMS = `
  CREATE TEMPORARY TABLE items ON COMMIT DROP AS
  SELECT product_id, row_number() OVER (ORDER BY product_id)::int AS item
  FROM (SELECT DISTINCT product_id FROM lately) known`;

/**
 * For each item a vector over people of purchases, and one of views and carts; both of length 1, so
 * that a product of two is their cosine.
 */
const INTEREST = `
  CREATE TEMPORARY TABLE interest ON COMMIT DROP AS
  WITH weighed AS (
    SELECT actor_id, product_id,
      (CASE kind WHEN 'BOUGHT' THEN 'BOUGHT_TOGETHER' ELSE 'VIEWED_TOGETHER' END)::neighbour_kind AS kind,
      max(${WEIGHT})::float8 AS weight, max(occurred_at) AS occurred_at
    FROM lately GROUP BY 1, 2, 3
  ), newest AS (
    SELECT *, row_number() OVER (PARTITION BY actor_id, kind ORDER BY occurred_at DESC, product_id) AS place
    FROM weighed
  )
  SELECT dense_rank() OVER (ORDER BY actor_id)::int AS actor, item, kind,
    weight / sqrt(sum(weight * weight) OVER (PARTITION BY kind, item)) AS weight
  FROM newest JOIN items USING (product_id)
  WHERE place <= ${MAX_ITEMS_OF_A_PERSON}`;

/**
 * Item-based collaborative filtering (Sarwar, Karypis, Konstan, Riedl, 2001): the cosine between
 * the vectors of every two items that people share, shrunk where they are few. A pair that is near
 * in both ways is kept under the way in which it is nearer.
 */
const NEIGHBOURS = `
  INSERT INTO neighbours (product_id, neighbour_id, kind, score, rank)
  WITH pair AS (
    SELECT a.kind, a.item AS one, b.item AS other,
      ${rounded(`least(1, sum(a.weight * b.weight)) * count(*) / (count(*) + ${SHRINKAGE})`)} AS score
    FROM interest a JOIN interest b ON a.actor = b.actor AND a.kind = b.kind AND a.item < b.item
    GROUP BY a.kind, a.item, b.item HAVING count(*) >= ${MIN_PEOPLE}
  ), both_ways AS (
    SELECT kind, one AS item, other AS neighbour, score FROM pair
    UNION ALL SELECT kind, other, one, score FROM pair
  ), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY item, kind ORDER BY score DESC, neighbour) AS place
    FROM both_ways
  ), strongest AS (
    SELECT DISTINCT ON (item, neighbour) item, neighbour, kind, score
    FROM numbered WHERE place <= ${MAX_NEIGHBOURS}
    ORDER BY item, neighbour, score DESC, kind
  )
  SELECT one.product_id, other.product_id, s.kind, s.score,
    row_number() OVER (PARTITION BY s.item ORDER BY s.score DESC, s.neighbour) - 1
  FROM strongest s
  JOIN items one ON one.item = s.item
  JOIN items other ON other.item = s.neighbour`;

/**
 * Interest decays with age. The age is counted from the newest event, not from now: as time goes by
 * all would shrink by the same factor, so the order stays true until there is something new.
 */
const POPULARITY = `
  INSERT INTO popularity (product_id, score)
  SELECT product_id, ${rounded(`sum(
      ${WEIGHT} * 0.5::float8 ^ (extract(epoch FROM newest.instant - occurred_at)::float8 / ${HALF_LIFE_DAYS * 86_400})
    )`)}
  FROM lately, (SELECT max(occurred_at) AS instant FROM lately) newest
  GROUP BY product_id HAVING count(DISTINCT actor_id) >= ${MIN_PEOPLE}`;

const STATEMENTS = [
  // The temporary tables must be known to the planner, or it joins them row by row.
  LATELY,
  ITEMS,
  'ANALYZE items',
  INTEREST,
  'ANALYZE interest',
  'DELETE FROM neighbours',
  NEIGHBOURS,
  'DELETE FROM popularity',
  POPULARITY,
  `INSERT INTO computations (computed_at, last_event_id, events)
   SELECT now(), coalesce(max(id), 0), count(*) FROM events
   ON CONFLICT (id) DO UPDATE SET computed_at = excluded.computed_at,
     last_event_id = excluded.last_event_id, events = excluded.events`,
];
