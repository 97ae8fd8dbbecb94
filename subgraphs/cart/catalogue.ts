import type { Price } from '../kit/money.ts';

/** An item kept for an order. */
export interface Hold {
  readonly productId: string;
  /** Names this hold among all that the item ever had; only with it the item is sold. */
  readonly fence: string;
  readonly sellerId: string;
  readonly title: string;
}

/** What the catalogue is asked to keep. */
export interface Wanted {
  readonly productId: string;
  readonly quantity: number;
  readonly expectedPrice: Price;
}

/** Why the catalogue refused; about one item, or about all where `productId` is null. */
export interface HoldProblem {
  readonly productId: string | null;
  readonly code: 'ITEM_UNAVAILABLE' | 'PRICE_CHANGED' | 'OWN_ITEM' | 'HOLD_ENDED' | 'INVALID';
  readonly message: string;
  /** What it costs now, where that is the problem. */
  readonly price: Price | null;
  readonly quantityAvailable: number | null;
}

export type Held =
  | { readonly kind: 'held'; readonly holds: readonly Hold[] }
  | { readonly kind: 'refused'; readonly problems: readonly HoldProblem[] };

/** What a step came to; no problems where it is done. */
export type Problems = readonly HoldProblem[];

/**
 * The stock, which is another service's. Everything is idempotent: whoever does not know what came of
 * a step asks again. All throw where the other service does not answer, which says nothing about
 * whether it did what it was asked.
 */
export interface Catalogue {
  /** Keeps all of the items for the order, or none. */
  readonly hold: (orderId: string, buyerId: string, wanted: readonly Wanted[]) => Promise<Held>;
  /** From now on no hold of the order ends by itself. */
  readonly beginPayment: (
    orderId: string,
    holds: readonly Pick<Hold, 'productId' | 'fence'>[],
  ) => Promise<Problems>;
  readonly sell: (
    orderId: string,
    holds: readonly Pick<Hold, 'productId' | 'fence'>[],
  ) => Promise<Problems>;
  /** Gives up every hold of the order. */
  readonly release: (orderId: string) => Promise<Problems>;
  /** Takes sold items back, and offers them again where `relist` says so. */
  readonly returnSold: (
    orderId: string,
    productIds: readonly string[],
    relist: boolean,
  ) => Promise<Problems>;
}
