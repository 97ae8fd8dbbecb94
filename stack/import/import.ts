import { SettingsError } from '../../process/settings.ts';
import type { CategoryTree } from '../../subgraphs/catalog/categories.ts';
import {
  type ImportCounts,
  type ImportListing,
  validateImportRow,
} from '../../subgraphs/catalog/imports.ts';
import type { CsvRow } from './csv.ts';
import type { Format } from './formats.ts';
import type { Guess } from './guess.ts';

/** How far an import is. */
export interface Totals extends ImportCounts {
  readonly rejected: number;
}

export interface Work {
  /** Without the header. */
  readonly rows: AsyncIterable<CsvRow>;
  readonly format: Format;
  readonly guess: Guess;
  readonly tree: CategoryTree;
  readonly sellerId: string;
  /** Rows a statement. */
  readonly batch: number;
  /** @param first the place of the first listing among all that were accepted, from 0 */
  readonly write: (listings: readonly ImportListing[], first: number) => Promise<ImportCounts>;
  readonly reject: (row: CsvRow, reason: string) => Promise<void>;
  /**
   * Called after each batch.
   *
   * @param reached how many bytes of the file are done
   */
  readonly report: (totals: Totals, reached: number) => void;
  /** Ends the import behind the batch that is being written. */
  readonly signal: AbortSignal;
}

/**
 * Imports rows batch by batch. One batch is in memory at a time, and of the rows before it only
 * their ids, to find those that come twice.
 */
export const importRows = async (work: Work): Promise<Totals> => {
  let totals: Totals = { inserted: 0, updated: 0, unchanged: 0, rejected: 0 };
  let accepted = 0;
  let reached = 0;
  let batch: ImportListing[] = [];
  const lines = new Map<string, number>();

  const flush = async (): Promise<void> => {
    if (batch.length > 0) totals = plus(totals, await work.write(batch, accepted - batch.length));
    batch = [];
    work.report(totals, reached);
  };

  const take = async (row: CsvRow): Promise<void> => {
    reached = row.end;
    const checked = check(work, row, lines);
    if ('reason' in checked) {
      totals = { ...totals, rejected: totals.rejected + 1 };
      return work.reject(row, checked.reason);
    }
    lines.set(checked.listing.importKey, row.line);
    batch.push(checked.listing);
    accepted += 1;
    if (batch.length >= work.batch) await flush();
  };

  try {
    for await (const row of work.rows) {
      await take(row);
      if (work.signal.aborted && batch.length === 0) return totals;
    }
  } catch (error) {
    // The file breaks off here; what stood before is right.
    if (error instanceof SettingsError) await flush();
    throw error;
  }
  await flush();
  return totals;
};

type Checked = { readonly listing: ImportListing } | { readonly reason: string };

const check = (work: Work, row: CsvRow, lines: ReadonlyMap<string, number>): Checked => {
  const reading = work.format.read(row.fields);
  if ('reason' in reading) return reading;
  const { category, ...item } = reading.item;
  const before = lines.get(item.importKey);
  if (before !== undefined) return { reason: `has the id of line ${before}` };

  const categorySlug = work.guess({ title: item.title, category });
  const outcome = validateImportRow(
    { ...item, categorySlug, sellerId: work.sellerId, listedAt: null },
    work.tree,
  );
  if (outcome.done) return { listing: outcome.result };
  return { reason: outcome.userErrors.map(({ message }) => message).join(' ') };
};

const plus = (totals: Totals, counts: ImportCounts): Totals => ({
  inserted: totals.inserted + counts.inserted,
  updated: totals.updated + counts.updated,
  unchanged: totals.unchanged + counts.unchanged,
  rejected: totals.rejected,
});
