import pg from 'pg';

/**
 * Work with one connection of its own, closed afterwards: for what is no request and would keep the
 * pool from those that are. A transaction that `work` leaves open ends with the connection.
 *
 * @param options `statementTimeoutMs`: how long a statement may take, in milliseconds; as long as it
 *   likes where it is left out
 */
export const withConnection = async <Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
  options: { readonly statementTimeoutMs?: number } = {},
): Promise<Result> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    statement_timeout: options.statementTimeoutMs ?? false,
  });
  // A connection that breaks fails its query too; unheard, the event would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};
