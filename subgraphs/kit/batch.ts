import DataLoader from 'dataloader';

/** Prisma writes a statement for each number of keys; past this a batch is split. */
const MAX_BATCH = 500;

/**
 * A per-request loader of one record a key: all the keys of one turn of the event loop in one call
 * of `fetch`, however many there are. Keys may repeat; what is missing is null.
 *
 * @param fetch the records with these keys, in any order
 * @param keyOf the key that a record was found by
 */
export const recordLoader = <Key extends string, Row>(
  fetch: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): DataLoader<Key, Row | null> =>
  new DataLoader<Key, Row | null>(
    async (keys) => {
      const rows = new Map((await fetch(keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key) ?? null);
    },
    { maxBatchSize: MAX_BATCH },
  );

/**
 * A per-request loader of a list a key, in the order that `fetch` gave; empty where there is none.
 *
 * @param fetch the records that belong to these keys, in order
 * @param keyOf the key that a record belongs to
 */
export const listLoader = <Key extends string, Row>(
  fetch: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): DataLoader<Key, readonly Row[]> =>
  new DataLoader<Key, readonly Row[]>(
    async (keys) => {
      const lists = new Map<Key, Row[]>();
      for (const row of await fetch(keys)) {
        const key = keyOf(row);
        const list = lists.get(key);
        if (list === undefined) lists.set(key, [row]);
        else list.push(row);
      }
      return keys.map((key) => lists.get(key) ?? []);
    },
    { maxBatchSize: MAX_BATCH },
  );
