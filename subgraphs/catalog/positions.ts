import { clientError } from '../kit/errors.ts';
import { isId } from '../kit/ids.ts';
import { decodeCursor, encodeCursor } from '../kit/pages.ts';
import type { Product } from './products.ts';

export type Sort = 'RELEVANCE' | 'NEWEST' | 'PRICE_ASCENDING' | 'PRICE_DESCENDING';

/** An item in a sorted list. */
export interface Ranked {
  readonly product: Product;
  /**
   * How well it matches the search, as a whole number: a float would not survive the way through
   * JSON and back, and a cursor has to compare equal to the row that it was made from.
   */
  readonly rank: number;
}

/** A place in a sorted list: what it is sorted by, and the id that breaks ties. */
export interface Position {
  readonly value: string | number;
  readonly id: string;
}

const valueAt = (sort: Sort, { product, rank }: Ranked): string | number => {
  switch (sort) {
    case 'RELEVANCE':
      return rank;
    case 'NEWEST':
      return product.listedAt.toISOString();
    case 'PRICE_ASCENDING':
    case 'PRICE_DESCENDING':
      // What is listed by price is for sale, and what is for sale has one.
      return Number(product.price?.minorUnits ?? 0n);
  }
};

/** Written exactly as `toISOString` does, in a year that PostgreSQL has too. */
const isInstant = (text: string): boolean =>
  /^(?!0000)\d{4}-/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString() === text;

const isValue = (sort: Sort, value: unknown): value is string | number =>
  sort === 'NEWEST' ? typeof value === 'string' && isInstant(value) : Number.isSafeInteger(value);

/** The cursor of an item in a list. */
export const cursorAt = (sort: Sort, item: Ranked): string =>
  encodeCursor(sort, [valueAt(sort, item), item.product.id]);

/**
 * Where a cursor stands; null for the end of the list where there is no cursor.
 *
 * @throws GraphQLError BAD_USER_INPUT where it is none of this sort.
 */
export const positionAt = (sort: Sort, cursor: string | null): Position | null => {
  if (cursor === null) return null;
  const [value, id] = decodeCursor(sort, cursor);
  if (isValue(sort, value) && typeof id === 'string' && isId('product', id)) return { value, id };
  throw clientError('BAD_USER_INPUT', 'That cursor is not one of this list.');
};
