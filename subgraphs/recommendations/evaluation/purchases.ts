import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { SettingsError } from '../../../process/settings.ts';

/** Someone bought something. */
export interface Purchase {
  readonly customer: string;
  readonly product: string;
  /** In days since 1970. */
  readonly day: number;
}

const DAY_MS = 86_400_000;

const COLUMNS = ['customer_id', 'product_id', 'purchased_at'] as const;

/**
 * Reads a file of purchases, plain or packed by gzip, in the order of time.
 *
 * @throws SettingsError where it is none
 */
export const readPurchases = async (file: string): Promise<readonly Purchase[]> => {
  const source = createReadStream(file);
  const parser = parse({ bom: true, columns: true, skip_empty_lines: true });
  const plain = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  source.on('error', (error: Error) => parser.destroy(error));
  plain.on('error', (error: Error) => parser.destroy(error));
  plain.pipe(parser);
  const purchases: Purchase[] = [];
  try {
    for await (const row of parser) purchases.push(purchaseOf(row));
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`${file} cannot be read: ${reason}`);
  }
  if (purchases.length === 0) throw new SettingsError(`${file} holds no purchases`);
  return purchases.sort((one, other) => one.day - other.day);
};

const purchaseOf = (row: Readonly<Record<string, string | undefined>>): Purchase => {
  const [customer, product, purchasedAt] = COLUMNS.map((name) => row[name]?.trim() ?? '');
  const day = Date.parse(purchasedAt ?? '') / DAY_MS;
  if (!customer || !product || Number.isNaN(day)) {
    throw new SettingsError(
      `It takes the columns ${COLUMNS.join(', ')} with a value in every row; one has ${JSON.stringify(row).slice(0, 200)}`,
    );
  }
  return { customer, product, day };
};
