import { clientError } from '../../kit/errors.ts';
import { MAX_SUGGESTIONS } from '../suggestions.ts';

/** @throws GraphQLError BAD_USER_INPUT where `first` is out of its bounds. */
export const checkedFirst = (first: number): number => {
  if (first >= 1 && first <= MAX_SUGGESTIONS) return first;
  throw clientError('BAD_USER_INPUT', `\`first\` is ${first}; it can be 1 to ${MAX_SUGGESTIONS}.`);
};
