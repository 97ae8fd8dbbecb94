import type { Price } from '../kit/money.ts';
import { type CartLine, MAX_LINES, MAX_QUANTITY } from './carts.ts';
import type { Offer } from './offers.ts';

/** The closed list; the schema's `CartWarningCode`. */
export type CartWarningCode =
  | 'PRICE_CHANGED'
  | 'NO_LONGER_AVAILABLE'
  | 'QUANTITY_EXCEEDS_STOCK'
  | 'QUANTITY_ADJUSTED'
  | 'LINES_LEFT_BEHIND';

/** Something to show that stops nothing. */
export interface CartWarning {
  readonly code: CartWarningCode;
  readonly message: string;
}

const GONE = {
  DRAFT: 'This is not for sale yet.',
  RESERVED: 'Someone else is buying this at the moment; it may come back.',
  SOLD: 'This has been sold.',
  WITHDRAWN: 'The seller has taken this off sale.',
} as const;

/** `1990n` cents to `€19.90`. */
const shown = ({ minorUnits, currencyCode }: Price): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency: currencyCode }).format(
    Number(minorUnits) / 100,
  );

const priceChanged = (seen: Price | null, now: Price): readonly CartWarning[] => {
  if (seen === null) return [];
  if (seen.minorUnits === now.minorUnits && seen.currencyCode === now.currencyCode) return [];
  const message = `This costs ${shown(now)} now; it was ${shown(seen)} when you put it in.`;
  return [{ code: 'PRICE_CHANGED', message }];
};

const exceedsStock = (quantity: number, left: number): readonly CartWarning[] => {
  if (quantity <= left) return [];
  const message =
    left === 1
      ? `Only one is left; you ask for ${quantity}.`
      : `Only ${left} are left; you ask for ${quantity}.`;
  return [{ code: 'QUANTITY_EXCEEDS_STOCK', message }];
};

/** More was asked for than a line can hold. */
export const quantityAdjusted = (): CartWarning => ({
  code: 'QUANTITY_ADJUSTED',
  message: `You can put ${MAX_QUANTITY} pieces of an item in at the most; there are ${MAX_QUANTITY} now.`,
});

/** A cart is full; so many lines of the guest's stay where they were. */
export const linesLeftBehind = (lines: number): CartWarning => ({
  code: 'LINES_LEFT_BEHIND',
  message: `A cart has at most ${MAX_LINES} lines; ${lines} stayed in the cart from before you logged in.`,
});

/** What the buyer should know about a line before paying; of what is gone, only that. */
export const warningsOf = (line: CartLine, offer: Offer): readonly CartWarning[] =>
  offer.availability === 'AVAILABLE'
    ? [
        ...priceChanged(line.priceSeen, offer.price),
        ...exceedsStock(line.quantity, offer.quantityAvailable),
      ]
    : [{ code: 'NO_LONGER_AVAILABLE', message: GONE[offer.availability] }];
