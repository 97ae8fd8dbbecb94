import { isId, newId } from '../kit/ids.ts';
import { done, FINE, problem, refused } from '../kit/outcomes.ts';
import { isBetween } from '../kit/texts.ts';
import type { CategoryTree } from './categories.ts';
import { acceptDraft, type Draft, type Listing } from './drafts.ts';
import type { Check, Outcome } from './errors.ts';

/** An item of a file of listings. */
export interface ImportRow extends Omit<Draft, 'mediaIds'> {
  /** What tells it from all others, in this file and in later ones; 1 to 200 characters. */
  readonly importKey: string;
  readonly sellerId: string;
  /** When it was put up for sale; null for now. */
  readonly listedAt: Date | null;
}

/** A row that was found right. */
export interface ImportListing extends Omit<Listing, 'mediaIds'> {
  /** The id it gets where it is new. */
  readonly id: string;
  readonly importKey: string;
  readonly sellerId: string;
  readonly listedAt: Date | null;
}

/** What the database made of a batch. */
export interface ImportStore {
  readonly upsertListings: (
    listings: readonly ImportListing[],
  ) => Promise<{ readonly inserted: number; readonly updated: number }>;
  /** The ids of listings by their import keys; keys that nobody has are left out. */
  readonly idsByImportKey: (keys: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

export interface ImportCounts {
  readonly inserted: number;
  readonly updated: number;
  /** Known and the same, sold or withdrawn meanwhile, another seller's, or repeated in the file. */
  readonly unchanged: number;
}

/** How many rows go into one statement. */
export const MAX_IMPORT_BATCH = 1_000;

const checkOrigin = ({ importKey, sellerId, listedAt }: ImportRow): Check => [
  ...(isBetween(importKey.length, 1, 200) && !importKey.includes('\0')
    ? FINE
    : problem('INVALID', ['importKey'], 'An import key has 1 to 200 characters.')),
  ...(isId('user', sellerId)
    ? FINE
    : problem('INVALID', ['sellerId'], 'A seller is given by id, such as user_01h455vb4pex5vsk.')),
  ...(listedAt === null || !Number.isNaN(listedAt.getTime())
    ? FINE
    : problem('INVALID', ['listedAt'], 'That is not a time.')),
];

/** Checks a row by the rules that sellers are held to, and brings it into the form that is kept. */
export const validateImportRow = (row: ImportRow, tree: CategoryTree): Outcome<ImportListing> => {
  const { importKey, sellerId, listedAt, ...draft } = row;
  const origin = checkOrigin(row);
  const accepted = acceptDraft({ ...draft, mediaIds: [] }, tree);
  if (!accepted.done) return refused([...origin, ...accepted.userErrors]);
  if (origin.length > 0) return refused(origin);
  const { mediaIds: _none, ...listing } = accepted.result;
  return done({ ...listing, id: newId('product'), importKey, sellerId, listedAt });
};

/**
 * Writes listings, known by their import keys: new ones are inserted, changed ones updated. Running
 * it twice is running it once. A key that comes twice counts as its last row says.
 */
export const importListings = async (
  store: ImportStore,
  listings: readonly ImportListing[],
): Promise<ImportCounts> => {
  // One statement may meet a row once only.
  const distinct = [...new Map(listings.map((each) => [each.importKey, each])).values()];
  let inserted = 0;
  let updated = 0;
  for (let start = 0; start < distinct.length; start += MAX_IMPORT_BATCH) {
    const written = await store.upsertListings(distinct.slice(start, start + MAX_IMPORT_BATCH));
    inserted += written.inserted;
    updated += written.updated;
  }
  return { inserted, updated, unchanged: listings.length - inserted - updated };
};
