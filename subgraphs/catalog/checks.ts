/** The closed list of refusals; the schema's `ProductErrorCode`. */
export type ProductErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'INVALID'
  | 'NOT_FOR_SALE';

/** Something that the seller can mend. */
export interface ProductError {
  readonly code: ProductErrorCode;
  readonly field: readonly string[] | null;
  readonly message: string;
}

/** What a check found; empty where all is well. */
export type Check = readonly ProductError[];

/** What came of an action: its result, or why it was refused. */
export type Outcome<Result> =
  | { readonly done: true; readonly result: Result }
  | { readonly done: false; readonly userErrors: Check };

export const done = <Result>(result: Result): Outcome<Result> => ({ done: true, result });

export const refused = (userErrors: Check): Outcome<never> => ({ done: false, userErrors });

export const FINE: Check = [];

export const problem = (
  code: ProductErrorCode,
  field: readonly string[] | null,
  message: string,
): Check => [{ code, field, message }];

/** The same findings about something that lies deeper: `title` becomes `input.title`. */
export const within = (prefix: string, check: Check): Check =>
  check.map((each) => ({ ...each, field: each.field === null ? null : [prefix, ...each.field] }));

/** How long a text is in characters as people and PostgreSQL count them, not in UTF-16 units. */
export const lengthOf = (text: string): number => [...text].length;

export const isBetween = (value: number, minimum: number, maximum: number): boolean =>
  value >= minimum && value <= maximum;
