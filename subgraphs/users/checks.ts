import * as kit from '../kit/outcomes.ts';

/** The closed list of refusals; the schema's `UserErrorCode`. */
export type UserErrorCode =
  | 'UNAUTHENTICATED'
  | 'EMAIL_TAKEN'
  | 'HANDLE_TAKEN'
  | 'CREDENTIALS_WRONG'
  | 'INVALID'
  | 'NOT_FOUND'
  | 'TOO_MANY';

export type UserError = kit.UserError<UserErrorCode>;

export type Check = kit.Check<UserErrorCode>;

export type Outcome<Result> = kit.Outcome<Result, UserErrorCode>;

export const NOT_SIGNED_IN: Check = kit.problem('UNAUTHENTICATED', null, 'Log in first.');
