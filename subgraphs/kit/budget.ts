import { clientError } from './errors.ts';

/** How many items the lists of one request may still give. */
export interface Budget {
  /**
   * Takes as many.
   *
   * @throws GraphQLError BAD_USER_INPUT where they are not left.
   */
  readonly take: (items: number) => void;
}

/**
 * A budget for one request. A list is at most 100 items, but lists in lists multiply: five levels of
 * them are a short query and ten thousand million items.
 */
export const createBudget = (limit: number): Budget => {
  let left = limit;
  return {
    take: (items) => {
      if (items > left) {
        throw clientError(
          'BAD_USER_INPUT',
          `The request asks for more than ${limit.toLocaleString('en')} items in all; ask for fewer lists in lists.`,
        );
      }
      left -= items;
    },
  };
};
