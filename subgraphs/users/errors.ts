import type * as kit from '../kit/outcomes.ts';

/** The closed list of refusals; the schema's `AccountErrorCode`. */
export type AccountErrorCode =
  | 'UNAUTHENTICATED'
  | 'EMAIL_TAKEN'
  | 'HANDLE_TAKEN'
  | 'CREDENTIALS_WRONG'
  | 'SESSION_ENDED'
  | 'TRY_LATER'
  | 'INVALID'
  | 'NOT_FOUND'
  | 'TOO_MANY';

export type AccountError = kit.UserError<AccountErrorCode>;

export type Check = kit.Check<AccountErrorCode>;

export type Outcome<Result> = kit.Outcome<Result, AccountErrorCode>;
