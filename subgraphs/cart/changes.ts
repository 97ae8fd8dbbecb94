import { isId, newId } from '../kit/ids.ts';
import { type CurrencyCode, minorUnitsOf, type Price } from '../kit/money.ts';
import { done, FINE, type Outcome, problem, refused } from '../kit/outcomes.ts';
import { isBetween } from '../kit/texts.ts';
import { type Cart, type CartLine, MAX_LINES, MAX_QUANTITY } from './carts.ts';
import type { CartErrorCode, Check } from './errors.ts';
import { type CartWarning, quantityAdjusted } from './warnings.ts';

/** What is to be written; null where the cart is already as it is wanted. */
export type Write =
  | { readonly kind: 'put'; readonly line: CartLine }
  | { readonly kind: 'remove'; readonly lineId: string }
  | { readonly kind: 'clear' }
  | null;

/** What a change comes to in the cart as it is now. */
export interface Decision {
  readonly write: Write;
  /** The line that was asked about, where it is still there. */
  readonly lineId: string | null;
  readonly warnings: readonly CartWarning[];
}

/** A change of a cart; decided while the cart is locked, so that it cannot change underneath. */
export type Change = (cart: Cart, now: Date) => Outcome<Decision, CartErrorCode>;

export interface Addition {
  readonly productId: string;
  readonly quantity: number;
  readonly priceSeen?:
    | { readonly amount: string; readonly currencyCode: CurrencyCode }
    | null
    | undefined;
}

const accept = (
  write: Write,
  lineId: string | null,
  warnings: readonly CartWarning[] = [],
): Outcome<Decision, never> => done({ write, lineId, warnings });

const NO_SUCH_LINE = problem('NOT_FOUND', ['input', 'lineId'], 'The cart has no such line.');
const FULL = problem(
  'TOO_MANY',
  null,
  `A cart has at most ${MAX_LINES} lines; take something out first.`,
);

const checkQuantity = (quantity: number, minimum: number): Check =>
  Number.isInteger(quantity) && isBetween(quantity, minimum, MAX_QUANTITY)
    ? FINE
    : problem('INVALID', ['input', 'quantity'], `A quantity is ${minimum} to ${MAX_QUANTITY}.`);

const priceOf = ({ priceSeen }: Addition): Price | null => {
  if (priceSeen == null) return null;
  const minorUnits = minorUnitsOf(priceSeen.amount);
  return minorUnits === null ? null : { minorUnits, currencyCode: priceSeen.currencyCode };
};

const checkPriceSeen = (addition: Addition): Check => {
  if (addition.priceSeen == null) return FINE;
  const price = priceOf(addition);
  if (price !== null && price.minorUnits >= 0n) return FINE;
  return problem(
    'INVALID',
    ['input', 'priceSeen', 'amount'],
    'A price is not below zero and has at most two decimals: 19.90.',
  );
};

/** Everything that is wrong with an addition whatever the cart. */
export const checkAddition = (addition: Addition): Check => [
  ...(isId('product', addition.productId)
    ? FINE
    : problem('INVALID', ['input', 'productId'], 'That is not the id of an item.')),
  ...checkQuantity(addition.quantity, 1),
  ...checkPriceSeen(addition),
];

/** Puts an item in, or more of it where it is in there already; a line holds 99 at the most. */
export const addition =
  (asked: Addition): Change =>
  (cart, now) => {
    const before = cart.lines.find(({ productId }) => productId === asked.productId);
    if (before === undefined && cart.lines.length >= MAX_LINES) return refused(FULL);

    const { productId } = asked;
    const base = before ?? {
      id: newId('line'),
      productId,
      quantity: 0,
      priceSeen: null,
      addedAt: now,
    };
    const wanted = base.quantity + asked.quantity;
    const quantity = Math.min(wanted, MAX_QUANTITY);
    const line = { ...base, quantity, priceSeen: priceOf(asked) ?? base.priceSeen };
    const warnings = wanted > MAX_QUANTITY ? [quantityAdjusted()] : [];
    return accept(
      before !== undefined && isSame(before, line) ? null : put(line),
      line.id,
      warnings,
    );
  };

/** Everything that is wrong with a new quantity whatever the cart. */
export const checkNewQuantity = (quantity: number): Check => checkQuantity(quantity, 0);

/** Sets how many pieces a line asks for; 0 removes it. */
export const newQuantity =
  (lineId: string, quantity: number): Change =>
  (cart) => {
    const before = cart.lines.find(({ id }) => id === lineId);
    if (before === undefined) return refused(NO_SUCH_LINE);
    if (quantity === 0) return accept({ kind: 'remove', lineId }, null);
    return accept(before.quantity === quantity ? null : put({ ...before, quantity }), lineId);
  };

/** Takes a line out. */
export const removal =
  (lineId: string): Change =>
  (cart) =>
    cart.lines.some(({ id }) => id === lineId)
      ? accept({ kind: 'remove', lineId }, null)
      : refused(NO_SUCH_LINE);

/** Takes everything out. */
export const emptying: Change = (cart) =>
  accept(cart.lines.length === 0 ? null : { kind: 'clear' }, null);

const put = (line: CartLine): Write => ({ kind: 'put', line });

const isSame = (one: CartLine, other: CartLine): boolean =>
  one.quantity === other.quantity &&
  one.priceSeen?.minorUnits === other.priceSeen?.minorUnits &&
  one.priceSeen?.currencyCode === other.priceSeen?.currencyCode;

/** The cart after a write: every write is one revision. */
export const afterWrite = (cart: Cart, write: Write, now: Date): Cart =>
  write === null
    ? cart
    : {
        ...cart,
        lines: linesAfter(cart.lines, write),
        revision: cart.revision + 1,
        updatedAt: now,
      };

const linesAfter = (
  lines: readonly CartLine[],
  write: Exclude<Write, null>,
): readonly CartLine[] => {
  switch (write.kind) {
    case 'clear':
      return [];
    case 'remove':
      return lines.filter(({ id }) => id !== write.lineId);
    case 'put':
      return [...lines.filter(({ id }) => id !== write.line.id), write.line].toSorted(byAge);
  }
};

/** As the store reads them. */
const byAge = (one: CartLine, other: CartLine): number =>
  one.addedAt.getTime() - other.addedAt.getTime() || (one.id < other.id ? -1 : 1);
