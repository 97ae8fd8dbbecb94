import { SettingsError } from '../../../process/settings.ts';
import type { Event } from '../../../subgraphs/recommendations/events.ts';
import type { CsvRow } from '../csv.ts';
import type { Totals } from '../import.ts';
import type { Purchase, PurchaseReading } from './format.ts';

export interface PurchaseWork {
  /** Without the header. */
  readonly rows: AsyncIterable<CsvRow>;
  readonly read: (fields: readonly string[]) => PurchaseReading;
  /** Rows a statement. */
  readonly batch: number;
  /** The ids of the items that these import keys became; keys that nobody has are left out. */
  readonly idsByImportKey: (keys: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Writes events; how many of them were new. */
  readonly record: (events: readonly Event[]) => Promise<number>;
  readonly reject: (row: CsvRow, reason: string) => Promise<void>;
  /** Called after each batch. */
  readonly report: (totals: Totals) => void;
  /** Ends the import behind the batch that is being written. */
  readonly signal: AbortSignal;
}

/**
 * Imports purchases batch by batch, as events of the items that their products became. Every row has a
 * name that it has in each run, so that running it twice is running it once.
 *
 * @throws SettingsError where the products were not imported before
 */
export const importPurchases = async (work: PurchaseWork): Promise<Totals> => {
  let totals: Totals = { inserted: 0, updated: 0, unchanged: 0, rejected: 0 };
  let batch: Row[] = [];
  const nameOf = eventNames();
  const productIds = new Map<string, string>();

  const reject = async (row: CsvRow, reason: string): Promise<void> => {
    totals = { ...totals, rejected: totals.rejected + 1 };
    await work.reject(row, reason);
  };

  const flush = async (): Promise<void> => {
    await findProducts(work, batch, productIds);
    const isFirst = totals.inserted + totals.unchanged === 0;
    if (isFirst && batch.length > 0 && productIds.size === 0) throw new SettingsError(NO_PRODUCTS);
    const events: Event[] = [];
    for (const { row, purchase, name } of batch) {
      const productId = productIds.get(purchase.product);
      if (productId === undefined)
        await reject(row, `names product ${purchase.product}, which was not imported`);
      else events.push(eventOf(purchase, productId, name));
    }
    const inserted = events.length === 0 ? 0 : await work.record(events);
    const unchanged = totals.unchanged + events.length - inserted;
    totals = { ...totals, inserted: totals.inserted + inserted, unchanged };
    batch = [];
    work.report(totals);
  };

  const take = async (row: CsvRow): Promise<void> => {
    const reading = work.read(row.fields);
    if ('reason' in reading) return reject(row, reading.reason);
    batch.push({ row, purchase: reading.purchase, name: nameOf(reading.purchase) });
    if (batch.length >= work.batch) await flush();
  };

  try {
    for await (const row of work.rows) {
      await take(row);
      if (work.signal.aborted && batch.length === 0) return totals;
    }
  } catch (error) {
    // The file breaks off here; what stood before is right.
    if (error instanceof SettingsError && error.message !== NO_PRODUCTS) await flush();
    throw error;
  }
  await flush();
  return totals;
};

interface Row {
  readonly row: CsvRow;
  readonly purchase: Purchase;
  readonly name: string;
}

const NO_PRODUCTS =
  'None of its products is in the catalogue; import them first: npm run import -- online-retail-products.csv';

/** Of the format whose rows name their products by the same numbers. */
const keyOf = (product: string): string => `online-retail:${product}`;

const findProducts = async (
  work: PurchaseWork,
  batch: readonly Row[],
  productIds: Map<string, string>,
): Promise<void> => {
  const products = new Set(batch.map(({ purchase }) => purchase.product));
  const missing = [...products].filter((product) => !productIds.has(product));
  if (missing.length === 0) return;
  const found = await work.idsByImportKey(missing.map(keyOf));
  for (const product of missing) {
    const id = found.get(keyOf(product));
    if (id !== undefined) productIds.set(product, id);
  }
};

/** The blank keeps it apart from every session that a guest can name. */
const eventOf = (purchase: Purchase, productId: string, name: string): Event => ({
  kind: 'BOUGHT',
  productId,
  actorId: `session_online-retail ${purchase.customer}`,
  occurredAt: purchase.purchasedAt,
  clientEventId: name,
});

/**
 * Names a row among those of its customer: by time and product and, where someone bought the same thing
 * in the same minute on several lines, by the number of the line. Lines of one instant stand together,
 * so only those of the last one are remembered.
 */
const eventNames = (): ((purchase: Purchase) => string) => {
  let instant = Number.NaN;
  let lines = new Map<string, number>();
  return ({ customer, product, purchasedAt }) => {
    if (purchasedAt.getTime() !== instant) {
      instant = purchasedAt.getTime();
      lines = new Map();
    }
    const key = `${customer} ${product}`;
    const line = (lines.get(key) ?? 0) + 1;
    lines.set(key, line);
    return `${purchasedAt.toISOString()} ${product} ${line}`;
  };
};
