import type { Variables } from '../execution/run.ts';
import { refusal } from '../refusal.ts';

/** How deep values may stand in one another: nobody needs so much, and recursion ends somewhere. */
const MAX_NESTING = 100;

/**
 * Refuses variables that hold more values than anybody needs, before each is compared with its type.
 * Does not recurse: they are as deep as whoever sent them likes.
 *
 * @throws Refusal that names the limit and the setting
 */
export const limitInputValues = (most: number, variables: Variables): void => {
  let level: unknown[] = Object.values(variables);
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    count += level.length;
    if (count > most) throw tooMany(`hold more than ${most} values`);
    if (depth > MAX_NESTING) throw tooMany(`stand more than ${MAX_NESTING} deep in one another`);
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
};

const tooMany = (what: string) =>
  refusal('OPERATION_TOO_LARGE', `The variables ${what} (MAX_INPUT_VALUES).`, {
    limit: 'MAX_INPUT_VALUES',
  });
