import type * as kit from '../kit/outcomes.ts';

/** The closed list of refusals; the schema's `MediaErrorCode`. */
export type MediaErrorCode =
  | 'UNAUTHENTICATED'
  | 'NOT_FOUND'
  | 'INVALID'
  | 'EMPTY'
  | 'TOO_LARGE'
  | 'TOO_MANY_PIXELS'
  | 'TOO_LONG'
  | 'UNSUPPORTED_TYPE'
  | 'DAMAGED'
  | 'NOT_RECEIVED'
  | 'EXPIRED'
  | 'TRY_LATER';

export type MediaError = kit.UserError<MediaErrorCode>;

export type Check = kit.Check<MediaErrorCode>;
