import type pg from 'pg';

/** Items a transaction: few enough that who buys one of them does not wait for long. */
const BATCH = 100;

/**
 * Items are locked before their holds are changed, as everyone does; one that somebody else has locked
 * is left to them or to the next round, so that sweepers in several processes share the work.
 */
const RELEASE = `
  WITH due AS MATERIALIZED (
    SELECT id FROM products
    WHERE id IN (
      SELECT product_id FROM holds WHERE state = 'HELD' AND held_until <= now()
      ORDER BY held_until LIMIT ${BATCH}
    )
    ORDER BY id
    FOR NO KEY UPDATE SKIP LOCKED
  )
  UPDATE holds SET state = 'RELEASED', updated_at = now()
  FROM due
  WHERE product_id = due.id AND state = 'HELD' AND held_until <= now()`;

/** Releases what has expired by the database's clock; gives how many holds it was. */
export const releaseExpired = async (client: pg.ClientBase): Promise<number> => {
  let released = 0;
  for (;;) {
    const { rowCount } = await client.query(RELEASE);
    if (rowCount === null || rowCount === 0) return released;
    released += rowCount;
  }
};
