import { type FieldNode, type GraphQLField, Kind } from 'graphql';
import { refusal } from '../refusal.ts';
import type { Amount, Given } from './amount.ts';
import type { ListSize } from './cost-facts.ts';

/** The number that an argument is given; null where it is given none. */
type Slice = number | null | ((given: Given) => number | null);

/**
 * How many things a field is expected to give, by its `@listSize`: as many as the largest of the slicing
 * arguments says, else as many as are assumed.
 *
 * @param otherwise where neither is known
 * @returns throws a Refusal where one slicing argument has to be given, and none or several are
 */
export const expectedSize = (
  coordinate: string,
  { slicingArguments, assumedSize, requireOneSlicingArgument }: ListSize,
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  otherwise: number,
): Amount => {
  if (slicingArguments.length === 0) return assumedSize ?? otherwise;
  const slices = slicingArguments.map((name) => sliceOf(definition, node, name));
  return (given) => {
    const sizes = slices
      .map((slice) => (typeof slice === 'function' ? slice(given) : slice))
      .filter((size) => size !== null);
    if (requireOneSlicingArgument && sizes.length !== 1) {
      throw needsOne(coordinate, slicingArguments, sizes.length);
    }
    // A negative size must not make up for what the rest costs.
    return sizes.length > 0 ? Math.max(0, ...sizes) : (assumedSize ?? otherwise);
  };
};

const sliceOf = (
  { args }: GraphQLField<unknown, unknown>,
  node: FieldNode,
  name: string,
): Slice => {
  const byDefault = numberOf(args.find((each) => each.name === name)?.defaultValue);
  const value = node.arguments?.find((each) => each.name.value === name)?.value;
  if (value === undefined) return byDefault;
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind !== Kind.VARIABLE) return null;
  const variable = value.name.value;
  return ({ variables }) =>
    variables[variable] === undefined ? byDefault : numberOf(variables[variable]);
};

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const needsOne = (coordinate: string, names: readonly string[], found: number) => {
  const listed = names.map((name) => `\`${name}\``).join(', ');
  return refusal(
    'BAD_USER_INPUT',
    `\`${coordinate}\` needs exactly one of ${listed}; it was given ${found === 0 ? 'none' : found}.`,
  );
};
