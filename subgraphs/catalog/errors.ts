import type * as kit from '../kit/outcomes.ts';

/** The closed list of refusals; the schema's `ProductErrorCode`. */
export type ProductErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'INVALID'
  | 'REQUIRED'
  | 'NOT_FOR_SALE'
  | 'WRONG_STATE'
  | 'STALE_VERSION';

export type ProductError = kit.UserError<ProductErrorCode>;

export type Check = kit.Check<ProductErrorCode>;

export type Outcome<Result> = kit.Outcome<Result, ProductErrorCode>;
