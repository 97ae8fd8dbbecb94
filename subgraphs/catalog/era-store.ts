import type pg from 'pg';

/** Reads as many entries of an index. */
const NTH_NEWEST = `
  SELECT listed_at FROM products WHERE availability = 'AVAILABLE'
  ORDER BY listed_at DESC OFFSET $1 LIMIT 1`;

/** When the item was put up for sale that has `n` newer ones; null where there are less. */
export const nthNewest = async (client: pg.ClientBase, n: number): Promise<Date | null> => {
  const { rows } = await client.query<{ readonly listed_at: Date }>(NTH_NEWEST, [n]);
  return rows[0]?.listed_at ?? null;
};
