import type { CurrencyCode } from '../kit/money.ts';
import type { DeliveryAddress } from './addresses.ts';
import type { CheckoutError } from './errors.ts';

/**
 * How far an order is:
 *
 *   PENDING    written; nobody else was asked yet
 *   HELD       the catalogue keeps the items for it
 *   PAYING     the provider may have been asked: whether there is money is not known
 *   PAID       the buyer has paid; the catalogue may not know yet
 *   SOLD       the items are the buyer's
 *   FAILED     refused by the catalogue or the provider; nothing was charged
 *   EXPIRED    it took too long; nothing was charged
 *   CANCELLED  every shipment was cancelled; the money goes back
 *   REFUNDED   all the money goes back
 */
export type OrderState =
  | 'PENDING'
  | 'HELD'
  | 'PAYING'
  | 'PAID'
  | 'SOLD'
  | 'FAILED'
  | 'EXPIRED'
  | 'CANCELLED'
  | 'REFUNDED';

/** The ways an order can go; a trigger of its table refuses any other. */
export const WAYS = {
  PENDING: ['HELD', 'FAILED', 'EXPIRED'],
  HELD: ['PAYING', 'FAILED', 'EXPIRED'],
  PAYING: ['PAID', 'FAILED'],
  PAID: ['SOLD', 'REFUNDED'],
  SOLD: ['CANCELLED', 'REFUNDED'],
  FAILED: [],
  EXPIRED: [],
  CANCELLED: [],
  REFUNDED: [],
} as const satisfies Readonly<Record<OrderState, readonly OrderState[]>>;

/** An item of an order, as it was then. */
export interface OrderItem {
  readonly productId: string;
  /** 1 to 99 pieces. */
  readonly quantity: number;
  /** Of one piece, in minor units of the order's currency: what the buyer saw is what they pay. */
  readonly price: bigint;
  /** These three are null until the catalogue holds the item. */
  readonly title: string | null;
  readonly fence: string | null;
  readonly shipmentId: string | null;
}

/** What someone buys, or tried to. All amounts are minor units of one currency. */
export interface Order {
  readonly id: string;
  readonly buyerId: string;
  readonly state: OrderState;
  readonly currencyCode: CurrencyCode;
  readonly items: readonly OrderItem[];
  readonly itemsTotal: bigint;
  /** Null until the items are held, because it depends on who sells them. */
  readonly shippingTotal: bigint | null;
  /** What the buyer's screen showed as the total; null where it was not told. */
  readonly expectedTotal: bigint | null;
  readonly refundedTotal: bigint;
  readonly paymentMethod: string;
  /** The provider's; null until it is known that the buyer has paid. */
  readonly paymentId: string | null;
  /** Null once the buyer's account is deleted. */
  readonly address: DeliveryAddress | null;
  /** Why it failed; empty where it did not. */
  readonly problems: readonly CheckoutError[];
  /** How often the present step was tried before without a known outcome. */
  readonly attempts: number;
  /** Whether it was begun so long ago that its buyer has left, by the database's clock. */
  readonly isOverdue: boolean;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
}

/** What an order begins as. */
export interface OrderDraft {
  readonly id: string;
  readonly buyerId: string;
  readonly idempotencyKey: string;
  /** SHA-256 of what was asked under the key. */
  readonly bodyHash: Uint8Array<ArrayBuffer>;
  readonly currencyCode: CurrencyCode;
  readonly items: readonly Pick<OrderItem, 'productId' | 'quantity' | 'price'>[];
  readonly expectedTotal: bigint | null;
  readonly paymentMethod: string;
  readonly address: DeliveryAddress;
}

/** The sum of pieces times their price, in minor units. */
export const itemsTotalOf = (items: readonly Pick<OrderItem, 'price' | 'quantity'>[]): bigint =>
  items.reduce((sum, { price, quantity }) => sum + price * BigInt(quantity), 0n);

/** What the buyer pays in all, in minor units; null until shipping is known. */
export const totalOf = ({ itemsTotal, shippingTotal }: Order): bigint | null =>
  shippingTotal === null ? null : itemsTotal + shippingTotal;

/** The order in the words of its buyer; the schema's `OrderStatus`. */
export type OrderStatus = 'PENDING' | 'PAID' | 'FAILED' | 'EXPIRED' | 'CANCELLED' | 'REFUNDED';

export const statusOf = (state: OrderState): OrderStatus => {
  switch (state) {
    case 'PENDING':
    case 'HELD':
    case 'PAYING':
      return 'PENDING';
    case 'PAID':
    case 'SOLD':
      return 'PAID';
    case 'FAILED':
    case 'EXPIRED':
    case 'CANCELLED':
    case 'REFUNDED':
      return state;
  }
};
