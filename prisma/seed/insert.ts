import type { Client } from 'pg';

/** Rows of one table; a column that is not named gets its default. */
export interface TableRows {
  readonly table: string;
  /** PostgreSQL types by column, in the order to insert. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Rows a statement: few round trips, and progress that moves. */
const BATCH = 4_000;

/** Inserts the rows in large statements, telling after each how many it wrote. */
export const insertRows = async (
  client: Client,
  { table, columns, rows }: TableRows,
  onWritten: (count: number) => void,
): Promise<void> => {
  const names = Object.keys(columns).join(', ');
  const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  // Names and types are this folder's own constants; values travel as a parameter.
  const statement = `INSERT INTO ${table} (${names})
    SELECT ${names} FROM json_to_recordset($1) AS row (${typed.join(', ')})`;
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    await client.query(statement, [JSON.stringify(batch)]);
    onWritten(batch.length);
  }
};
