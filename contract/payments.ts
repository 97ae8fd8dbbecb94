import { hkdfSync } from 'node:crypto';

/**
 * What the cart and the test payment provider agree on: JSON over HTTP, every request with
 * `authorization: Bearer <paymentsKey>`.
 *
 *   POST /charges                    ChargeRequest -> ChargeAnswer
 *   GET  /charges/<idempotencyKey>   ChargeAnswer; 404 where nothing was charged or declined
 *   POST /refunds                    RefundRequest -> RefundAnswer
 *
 * The same request under the same key takes effect once and gets the same answer; another one under
 * a key that was used is refused with 409.
 */
export interface ChargeRequest {
  readonly idempotencyKey: string;
  readonly orderId: string;
  /** In units of the currency's last decimal, as text: an amount may be above what JSON keeps. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currencyCode: string;
  /** The card. */
  readonly method: string;
}

export type ChargeAnswer =
  | { readonly outcome: 'approved'; readonly paymentId: string }
  | { readonly outcome: 'declined'; readonly reason: string };

export interface RefundRequest {
  readonly idempotencyKey: string;
  readonly paymentId: string;
  /** As in a charge. */
  readonly amount: string;
}

export type RefundAnswer =
  | { readonly outcome: 'refunded'; readonly refundId: string }
  | { readonly outcome: 'refused'; readonly reason: string };

/** The bearer key of the test provider, of its own, so that it opens nothing else (HKDF, RFC 5869). */
export const paymentsKey = (signingSecret: string): string =>
  Buffer.from(hkdfSync('sha256', signingSecret, '', 'emporium test payments', 32)).toString(
    'base64url',
  );
