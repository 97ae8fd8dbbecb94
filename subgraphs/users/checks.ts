/** The closed list of refusals; the schema's `UserErrorCode`. */
export type UserErrorCode =
  | 'UNAUTHENTICATED'
  | 'EMAIL_TAKEN'
  | 'HANDLE_TAKEN'
  | 'CREDENTIALS_WRONG'
  | 'INVALID'
  | 'NOT_FOUND'
  | 'TOO_MANY';

/** Something that the person can mend. */
export interface UserError {
  readonly code: UserErrorCode;
  readonly field: string[] | null;
  readonly message: string;
}

/** What a check found; empty where all is well. */
export type Check = readonly UserError[];

/** What came of an action: its result, or why it was refused. */
export type Outcome<Result> =
  | { readonly done: true; readonly result: Result }
  | { readonly done: false; readonly userErrors: Check };

export const done = <Result>(result: Result): Outcome<Result> => ({ done: true, result });

export const refused = (userErrors: Check): Outcome<never> => ({ done: false, userErrors });

export const problem = (code: UserErrorCode, field: string[] | null, message: string): Check => [
  { code, field, message },
];

export const NOT_SIGNED_IN: Check = problem('UNAUTHENTICATED', null, 'Log in first.');

export const isBetween = (value: number, minimum: number, maximum: number): boolean =>
  value >= minimum && value <= maximum;
