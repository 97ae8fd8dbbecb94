import type * as kit from '../kit/outcomes.ts';

/** The closed list of refusals; the schema's `CartErrorCode`. */
export type CartErrorCode = 'UNAUTHENTICATED' | 'NOT_FOUND' | 'INVALID' | 'TOO_MANY';

export type CartError = kit.UserError<CartErrorCode>;

export type Check = kit.Check<CartErrorCode>;
