import {
  type GraphQLOutputType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
} from 'graphql';
import type { Faults } from './faults.ts';

/** Values that do not fit a leaf, and some that fit other leaf types than it. */
const LEAVES: readonly unknown[] = [
  {},
  [],
  [1],
  '',
  'text',
  '5',
  0,
  1.5,
  99_999_999_999,
  true,
  false,
  '\ud800 alone',
];

const OBJECTS: readonly unknown[] = ['text', '', 7, 0, true, false, [], [{}], [null]];

const LISTS: readonly unknown[] = [{}, 'text', 0, { 0: {}, length: 1 }];

/** A value that `type` does not allow, or allows by chance. */
export const wrongValue = (
  type: GraphQLOutputType,
  value: unknown,
  faults: Faults,
  where: string,
): unknown => {
  const expected = getNullableType(type);
  if (isListType(expected)) return faults.variant([...LISTS, [null], [value]], where);
  if (isEnumType(expected)) {
    const names = expected.getValues().map(({ name }) => name);
    return faults.variant([...LEAVES, ...names], where);
  }
  if (isLeafType(expected)) return faults.variant(LEAVES, where);
  return faults.variant([...OBJECTS, [value]], where);
};
