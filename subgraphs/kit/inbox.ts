/**
 * Does `work` once for an event, however often it is told: by a table `inbox` in the service's own
 * database. Whoever tells it at the same time waits for the other's transaction.
 *
 * @param tx the transaction that `work` writes in
 * @param eventId a UUID, of whoever tells
 * @returns whether this was the first time
 */
export const once = async (
  tx: { readonly $executeRawUnsafe: (sql: string, ...values: unknown[]) => PromiseLike<number> },
  eventId: string,
  work: () => Promise<void>,
): Promise<boolean> => {
  const sql = 'INSERT INTO inbox (id) VALUES ($1::uuid) ON CONFLICT DO NOTHING';
  if ((await tx.$executeRawUnsafe(sql, eventId)) === 0) return false;
  await work();
  return true;
};
