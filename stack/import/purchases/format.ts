/** A row of a file of purchases. */
export interface Purchase {
  /** Unique within the format; nobody of the market. */
  readonly customer: string;
  /** As the file of products calls it. */
  readonly product: string;
  readonly purchasedAt: Date;
}

/** What a row is: a purchase, or why it is none, in words for whoever wrote the file. */
export type PurchaseReading = { readonly purchase: Purchase } | { readonly reason: string };

export const PURCHASE_COLUMNS = ['customer_id', 'product_id', 'purchased_at'] as const;

/**
 * Recognizes a file of purchases by its header, and says how its rows are read.
 *
 * @returns undefined where it is another kind of file
 */
export const purchaseReader = (
  header: readonly string[],
): ((fields: readonly string[]) => PurchaseReading) | undefined => {
  const columns = header.map((name) => name.trim().toLowerCase());
  const places = PURCHASE_COLUMNS.map((name) => columns.indexOf(name));
  if (places.includes(-1)) return undefined;
  return (fields) => {
    if (fields.length !== columns.length) {
      return { reason: `has ${fields.length} values, and there are ${columns.length} columns` };
    }
    const [customer = '', product = '', time = ''] = places.map((at) => fields[at]?.trim() ?? '');
    return reading(customer, product, time);
  };
};

/** Long enough for every id that anyone writes, and short enough for a key. */
const MAX_ID = 100;

/** A day and an hour with their zone: without one, it would be another instant on every machine. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

const reading = (customer: string, product: string, time: string): PurchaseReading => {
  if (customer === '' || customer.length > MAX_ID) return { reason: 'has no customer_id' };
  if (product === '' || product.length > MAX_ID) return { reason: 'has no product_id' };
  const purchasedAt = new Date(time);
  if (!INSTANT.test(time) || Number.isNaN(purchasedAt.getTime())) {
    return { reason: `purchased_at "${time}" is no time such as 2026-03-01T12:00Z` };
  }
  return { purchase: { customer, product, purchasedAt } };
};
