import type { Price } from '../kit/money.ts';

export type HoldState = 'HELD' | 'PAYING' | 'SOLD' | 'RELEASED';

/** Pieces of an item that are kept for an order. */
export interface Hold {
  readonly productId: string;
  readonly quantity: number;
  /** Of two holds of an item, the later has the greater. */
  readonly fence: bigint;
  readonly state: HoldState;
  readonly heldUntil: Date;
  /** Of one piece, when it was held. */
  readonly price: Price;
  readonly sellerId: string;
  readonly title: string;
}

/** The closed list of what can be wrong; the schema's `HoldProblemCode`. */
export type HoldProblemCode =
  | 'ITEM_UNAVAILABLE'
  | 'PRICE_CHANGED'
  | 'OWN_ITEM'
  | 'HOLD_ENDED'
  | 'INVALID';

export interface HoldProblem {
  /** Null where it is about no item in particular. */
  readonly productId: string | null;
  readonly code: HoldProblemCode;
  readonly message: string;
  readonly price: Price | null;
  readonly quantityAvailable: number | null;
}

/** What came of a change: all holds of the order, or why nothing was changed. */
export type HoldOutcome =
  | { readonly holds: readonly Hold[]; readonly problems: readonly never[] }
  | { readonly holds: null; readonly problems: readonly HoldProblem[] };

export interface HoldItem {
  readonly productId: string;
  readonly quantity: number;
  /** Of one piece, as the buyer saw it. */
  readonly expectedPrice: Price;
}

/** What is for sale of an item. */
export interface Offer {
  readonly productId: string;
  readonly sellerId: string;
  readonly price: Price;
  readonly quantityAvailable: number;
}

/** What an order has to do with holds, while nobody else can change any of it. */
export interface Locked {
  /** Null where the order is not known. */
  readonly holder: { readonly buyerId: string | null } | null;
  /** In the order of the items' ids; `isExpired` goes by the database's clock. */
  readonly holds: readonly (Hold & { readonly isExpired: boolean })[];
  /** Those of the items asked for that are for sale; what had expired of them is free again. */
  readonly offers: ReadonlyMap<string, Offer>;
}

export type NewHold = Omit<Offer, 'quantityAvailable'> & { readonly quantity: number };

/** What a change writes. */
export type HoldWrite =
  | {
      readonly kind: 'hold';
      readonly buyerId: string;
      readonly items: readonly NewHold[];
      /** How long they are held, unless payment begins. */
      readonly seconds: number;
    }
  | {
      readonly kind: 'move';
      readonly productIds: readonly string[];
      readonly to: Exclude<HoldState, 'HELD'>;
      /** Of pieces that are RELEASED: that they do not come back on sale. */
      readonly isWithdrawn: boolean;
    }
  /** Makes the order known, so that it cannot hold anything later. */
  | { readonly kind: 'end' };

/** What is to be done about an order's holds; null writes nothing. */
export type HoldDecision =
  | { readonly write: HoldWrite | null; readonly problems: readonly never[] }
  | { readonly write: null; readonly problems: readonly HoldProblem[] };

/** What the changes of holds need of the database. */
export interface HoldStore {
  /**
   * Decides on an order's holds and writes what was decided, in one transaction in which nobody else
   * changes the order, the items that it holds or those asked for.
   *
   * @param asked items that the order wants to hold
   */
  readonly changeHolds: (
    orderId: string,
    asked: readonly string[],
    decide: (locked: Locked) => HoldDecision,
  ) => Promise<HoldOutcome>;
}
