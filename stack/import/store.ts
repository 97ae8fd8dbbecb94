import type pg from 'pg';

/** The ids of listings by their import keys; keys that nobody has are left out. One statement. */
export const productIdsByImportKey = async (
  pool: pg.Pool,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await pool.query<{ id: string; import_key: string }>(
    'SELECT id, import_key FROM products WHERE import_key = ANY($1)',
    [keys],
  );
  return new Map(rows.map(({ id, import_key: key }) => [key, id]));
};
