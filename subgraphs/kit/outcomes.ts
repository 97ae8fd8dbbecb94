// What comes of a mutation: its result, or what the person who asked can mend. The codes are a closed
// list of each subgraph's schema.

/** Something that the person can mend. */
export interface UserError<Code extends string> {
  readonly code: Code;
  /** The path of the input field, such as `['input', 'email']`; null where it is about none. */
  readonly field: readonly string[] | null;
  readonly message: string;
}

/** What a check of the input found; empty where all is well. */
export type Check<Code extends string> = readonly UserError<Code>[];

export const FINE: readonly never[] = [];

/** One finding. */
export const problem = <Code extends string>(
  code: Code,
  field: readonly string[] | null,
  message: string,
): Check<Code> => [{ code, field, message }];

/** The same findings about something that lies deeper: `title` becomes `input.title`. */
export const within = <Code extends string>(
  prefix: readonly string[],
  check: Check<Code>,
): Check<Code> =>
  check.map((each) => ({
    ...each,
    field: each.field === null ? null : [...prefix, ...each.field],
  }));

export type Outcome<Result, Code extends string> =
  | { readonly done: true; readonly result: Result }
  | { readonly done: false; readonly userErrors: Check<Code> };

export const done = <Result>(result: Result): Outcome<Result, never> => ({ done: true, result });

export const refused = <Code extends string>(userErrors: Check<Code>): Outcome<never, Code> => ({
  done: false,
  userErrors,
});

export const NOT_SIGNED_IN: Check<'UNAUTHENTICATED'> = problem(
  'UNAUTHENTICATED',
  null,
  'Log in first.',
);
