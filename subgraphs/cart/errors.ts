import type { Price } from '../kit/money.ts';
import type * as kit from '../kit/outcomes.ts';

/** The closed list of refusals; the schema's `CartErrorCode`. */
export type CartErrorCode = 'UNAUTHENTICATED' | 'NOT_FOUND' | 'INVALID' | 'TOO_MANY';

export type CartError = kit.UserError<CartErrorCode>;

export type Check = kit.Check<CartErrorCode>;

/** Why nothing was bought; the schema's `CheckoutErrorCode`. */
export type CheckoutErrorCode =
  | 'UNAUTHENTICATED'
  | 'INVALID'
  | 'CART_EMPTY'
  | 'ADDRESS_MISSING'
  | 'SEVERAL_CURRENCIES'
  | 'ITEM_UNAVAILABLE'
  | 'PRICE_CHANGED'
  | 'OWN_ITEM'
  | 'PAYMENT_DECLINED'
  | 'EXPIRED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'TRY_LATER';

/** A refusal of a checkout, with what the buyer needs to mend it. */
export interface CheckoutError extends kit.UserError<CheckoutErrorCode> {
  /** Which item; null where it is about none, or about all. */
  readonly productId?: string | null;
  /** What it costs now, where that is another price than the buyer saw. */
  readonly price?: Price | null;
  /** How many pieces are left, where they are fewer than were asked for. */
  readonly quantityAvailable?: number | null;
}

/** Why an action on an order or a shipment was refused; the schema's `OrderErrorCode`. */
export type OrderErrorCode =
  | 'UNAUTHENTICATED'
  | 'NOT_FOUND'
  | 'INVALID'
  | 'NOT_NOW'
  | 'AMOUNT_TOO_HIGH'
  | 'IDEMPOTENCY_KEY_REUSED';

export type OrderError = kit.UserError<OrderErrorCode>;
