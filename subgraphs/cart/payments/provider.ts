import type { Price } from '../../kit/money.ts';

/** What is to be captured of the buyer's money. */
export interface Charge {
  readonly orderId: string;
  readonly amount: Price;
  /** What the buyer pays with, in the provider's words. */
  readonly method: string;
  /** Under the same key, money is taken once. */
  readonly idempotencyKey: string;
}

export type Charged =
  | { readonly outcome: 'approved'; readonly paymentId: string }
  /** Nothing was taken and nothing will be; `reason` can be shown to the buyer. */
  | { readonly outcome: 'declined'; readonly reason: string };

export interface RefundOrder {
  readonly paymentId: string;
  readonly amount: Price;
  readonly idempotencyKey: string;
}

/**
 * Whether money was moved is not known: the provider did not answer, or answered with something that
 * does not say. Ask again under the same key.
 */
export class PaymentUnknown extends Error {
  override readonly name = 'PaymentUnknown';
}

/** Who moves the money. */
export interface PaymentProvider {
  /** @throws PaymentUnknown */
  readonly charge: (charge: Charge) => Promise<Charged>;
  /**
   * What came of a charge under this key; null where there was none.
   *
   * @throws PaymentUnknown
   */
  readonly find: (idempotencyKey: string) => Promise<Charged | null>;
  /**
   * Gives money back, once under the same key.
   *
   * @throws PaymentUnknown
   */
  readonly refund: (refund: RefundOrder) => Promise<void>;
  readonly close: () => Promise<void>;
}
