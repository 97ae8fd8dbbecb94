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

/** Why a file does not become a picture or film; noted with its upload. */
export interface Refusal {
  readonly code: MediaErrorCode;
  /** For people. */
  readonly message: string;
}
