/** The closed list of refusals; the schema's `CartErrorCode`. */
export type CartErrorCode = 'UNAUTHENTICATED' | 'NOT_FOUND' | 'INVALID' | 'TOO_MANY';

/** Something that the buyer can mend. */
export interface CartError {
  readonly code: CartErrorCode;
  readonly field: readonly string[] | null;
  readonly message: string;
}

/** What a check found; empty where all is well. */
export type Check = readonly CartError[];

export const FINE: Check = [];

export const problem = (
  code: CartErrorCode,
  field: readonly string[] | null,
  message: string,
): Check => [{ code, field, message }];
