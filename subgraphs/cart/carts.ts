import type { Price } from '../kit/money.ts';

/** An item in a cart. */
export interface CartLine {
  readonly id: string;
  readonly productId: string;
  /** 1 to 99 pieces. */
  readonly quantity: number;
  /** What one piece cost on the buyer's screen; null where it was not told. */
  readonly priceSeen: Price | null;
  readonly addedAt: Date;
}

/** What someone means to buy. */
export interface Cart {
  readonly id: string;
  /** Null for a guest's. */
  readonly userId: string | null;
  /** Counts the changes, from 0. */
  readonly revision: number;
  readonly updatedAt: Date;
  /** In the order of `addedAt`, then of `id`; of the very revision above. */
  readonly lines: readonly CartLine[];
}

export const MAX_LINES = 100;
export const MAX_QUANTITY = 99;

/** What opens a cart: being the user whose it is, or knowing the token. */
export type CartKey =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'guest'; readonly tokenHash: Uint8Array<ArrayBuffer> };
