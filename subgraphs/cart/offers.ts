import { type CurrencyCode, minorUnitsOf, type Price } from '../kit/money.ts';
import type { CartLine } from './carts.ts';

/** What the catalogue says of an item at this moment. */
export interface Offer {
  readonly price: Price;
  readonly availability: 'DRAFT' | 'AVAILABLE' | 'RESERVED' | 'SOLD' | 'WITHDRAWN';
  readonly quantityAvailable: number;
}

/** All that this service knows of an item by itself. */
export interface ProductReference {
  readonly id: string;
}

/** An item as the router hands it on, with those of the catalogue's fields that were required. */
export interface GivenProduct {
  readonly price: { readonly amount: string; readonly currencyCode: CurrencyCode };
  readonly availability?: Offer['availability'];
  readonly quantityAvailable?: number;
}

/**
 * What the catalogue says, out of what the router handed on; null where the catalogue does not know
 * the item or did not answer. Where only the price was required, the rest is taken to be fine:
 * nothing is computed from it then.
 */
export const offerOf = (given: GivenProduct | null | undefined): Offer | null => {
  if (given?.price == null) return null;
  const minorUnits = minorUnitsOf(given.price.amount);
  if (minorUnits === null) return null;
  return {
    price: { minorUnits, currencyCode: given.price.currencyCode },
    availability: given.availability ?? 'AVAILABLE',
    quantityAvailable: given.quantityAvailable ?? Infinity,
  };
};

/** What a line costs at the catalogue's price. */
export const lineTotal = (line: CartLine, offer: Offer): Price => ({
  ...offer.price,
  minorUnits: offer.price.minorUnits * BigInt(line.quantity),
});

/**
 * What the lines that can be bought cost, an entry a currency, in the order of the codes. Null where
 * the catalogue answered for no line at all: that is an outage, and no total is better than one of
 * nothing to pay.
 *
 * @param offers one for each line, in the same order
 */
export const totalsOf = (
  lines: readonly CartLine[],
  offers: readonly (Offer | null)[],
): readonly Price[] | null => {
  if (lines.length > 0 && offers.every((offer) => offer === null)) return null;
  const sums = new Map<CurrencyCode, bigint>();
  for (const [index, line] of lines.entries()) {
    const offer = offers[index];
    if (offer == null || offer.availability !== 'AVAILABLE') continue;
    const { minorUnits, currencyCode } = lineTotal(line, offer);
    sums.set(currencyCode, (sums.get(currencyCode) ?? 0n) + minorUnits);
  }
  return [...sums]
    .map(([currencyCode, minorUnits]) => ({ currencyCode, minorUnits }))
    .toSorted((one, other) => (one.currencyCode < other.currencyCode ? -1 : 1));
};
