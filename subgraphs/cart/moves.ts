import type { CheckoutError } from './errors.ts';

/** What one seller is to send of an order. */
export interface ShipmentDraft {
  readonly id: string;
  readonly sellerId: string;
  /** In minor units of the order's currency, as the next. */
  readonly itemsTotal: bigint;
  readonly shippingTotal: bigint;
  readonly items: readonly {
    readonly productId: string;
    readonly title: string;
    readonly fence: string;
  }[];
}

/**
 * A step of an order, with what is written in the same transaction. What others are to do because of
 * it goes into the outbox then.
 */
export type Move =
  | {
      readonly to: 'HELD';
      readonly shippingTotal: bigint;
      readonly shipments: readonly ShipmentDraft[];
    }
  | { readonly to: 'PAYING' }
  /** The cart's lines that were bought leave it, and others learn of it. */
  | { readonly to: 'PAID'; readonly paymentId: string }
  /** The sellers see their shipments. */
  | { readonly to: 'SOLD' }
  | { readonly to: 'FAILED'; readonly problems: readonly CheckoutError[] }
  /** The catalogue lets go of what it may hold. */
  | { readonly to: 'EXPIRED'; readonly problems: readonly CheckoutError[] }
  /** All the money goes back. */
  | { readonly to: 'REFUNDED'; readonly problems: readonly CheckoutError[] };
