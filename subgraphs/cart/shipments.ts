import type { CurrencyCode } from '../kit/money.ts';
import type { DeliveryAddress } from './addresses.ts';
import type { OrderItem } from './orders.ts';

/** How far a shipment is; the schema's `ShipmentState`. */
export type ShipmentState = 'PLANNED' | 'OPEN' | 'SHIPPED' | 'RECEIVED' | 'CANCELLED';

/** Money that goes back to the buyer. */
export interface Refund {
  readonly id: string;
  readonly idempotencyKey: string;
  /** In minor units of the order's currency. */
  readonly amount: bigint;
  readonly currencyCode: CurrencyCode;
  readonly createdAt: Date;
  /** Null until the provider has done it. */
  readonly doneAt: Date | null;
}

/** What one seller sends of an order. All amounts are minor units of the order's currency. */
export interface Shipment {
  readonly id: string;
  readonly orderId: string;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly state: ShipmentState;
  readonly currencyCode: CurrencyCode;
  readonly items: readonly OrderItem[];
  readonly address: DeliveryAddress | null;
  readonly itemsTotal: bigint;
  readonly shippingTotal: bigint;
  readonly refundedTotal: bigint;
  /** In the order in which they were asked for. */
  readonly refunds: readonly Refund[];
  readonly trackingCode: string | null;
  readonly shippedAt: Date | null;
  readonly receivedAt: Date | null;
  readonly cancelledAt: Date | null;
}

/** A list with a natural end. */
export const MAX_REFUNDS = 100;

/** What was paid for it and not given back yet, in minor units. */
export const leftOf = ({ itemsTotal, shippingTotal, refundedTotal }: Shipment): bigint =>
  itemsTotal + shippingTotal - refundedTotal;
