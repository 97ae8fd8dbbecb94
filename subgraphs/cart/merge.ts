import { done, NOT_SIGNED_IN, type Outcome, problem, refused } from '../kit/outcomes.ts';
import { type Cart, type CartLine, MAX_LINES, MAX_QUANTITY } from './carts.ts';
import type { CartErrorCode } from './errors.ts';
import { keyOf } from './tokens.ts';
import { type CartWarning, linesLeftBehind, quantityAdjusted } from './warnings.ts';

/** What is to be written for a guest's cart to go into a user's. */
export interface Merge {
  /** Lines of the guest's cart that leave it. */
  readonly leaving: readonly CartLine[];
  /** The same as they are to be in the user's cart: lines that are there already, or new ones. */
  readonly arriving: readonly CartLine[];
  /** Whether nothing stays behind. */
  readonly isWhole: boolean;
  readonly warnings: readonly CartWarning[];
}

/** Decided while both carts are locked. */
const mergeOf = (guest: Cart, own: Cart): Merge => {
  const mine = new Map(own.lines.map((line) => [line.productId, line]));
  const known = guest.lines.filter(({ productId }) => mine.has(productId));
  const others = guest.lines.filter(({ productId }) => !mine.has(productId));
  const fitting = others.slice(0, Math.max(0, MAX_LINES - own.lines.length));
  const isWhole = fitting.length === others.length;
  const added = known.map((line) => sumOf(line, mine.get(line.productId) ?? line));
  return {
    leaving: [...known, ...fitting],
    arriving: [...added.map(({ line }) => line), ...fitting],
    isWhole,
    warnings: [
      ...(added.some(({ isCapped }) => isCapped) ? [quantityAdjusted()] : []),
      ...(isWhole ? [] : [linesLeftBehind(others.length - fitting.length)]),
    ],
  };
};

/** Two lines of one item; the guest's was looked at last. */
const sumOf = (guests: CartLine, own: CartLine) => {
  const sum = guests.quantity + own.quantity;
  const quantity = Math.min(sum, MAX_QUANTITY);
  const line = { ...own, quantity, priceSeen: guests.priceSeen ?? own.priceSeen };
  return { line, isCapped: sum > MAX_QUANTITY };
};

/** A user's cart after a guest's went into it. */
export interface Merged {
  readonly cart: Cart;
  readonly warnings: readonly CartWarning[];
}

export interface CartMerger {
  /**
   * Locks both carts, decides, and writes. Null where the token opens no cart, unless that cart went
   * into this very user's before.
   */
  readonly mergeCarts: (
    tokenHash: Uint8Array<ArrayBuffer>,
    userId: string,
    decide: typeof mergeOf,
  ) => Promise<Merged | null>;
}

const OPENS_NOTHING = problem('NOT_FOUND', ['input', 'token'], 'That token opens no cart.');

/** Moves a guest's cart into the viewer's own. */
export const mergeCart = async (
  store: CartMerger,
  viewerId: string | null,
  token: string,
): Promise<Outcome<Merged, CartErrorCode>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  const key = keyOf(token, viewerId);
  if (key === null || key === 'nothing' || key.kind === 'user') return refused(OPENS_NOTHING);
  const merged = await store.mergeCarts(key.tokenHash, viewerId, mergeOf);
  return merged === null ? refused(OPENS_NOTHING) : done(merged);
};
