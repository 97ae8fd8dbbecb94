import { type GraphQLArgument, isNonNullType, isRequiredArgument } from 'graphql';
import { hash } from '../world/hash.ts';
import { inputValue } from './input-values.ts';
import { literal } from './literals.ts';
import { defineVariable, type Writing } from './writing.ts';

/** The arguments of a field, in brackets, as `values` has it; empty where there are none. */
export const writeArguments = (
  writing: Writing,
  args: readonly GraphQLArgument[],
  values: number,
): string => {
  const written = args.flatMap((argument) => {
    const where = `${values} ${argument.name}`;
    const isLeftOut = values === 0 || hash(`${where} absent`) % 3 === 0;
    if (isLeftOut && !isRequiredArgument(argument)) return [];
    return [`${argument.name}: ${writeValue(writing, argument, where)}`];
  });
  return written.length === 0 ? '' : `(${written.join(', ')})`;
};

const writeValue = (writing: Writing, { type }: GraphQLArgument, where: string): string => {
  const value = inputValue(type, where);
  const text = literal(type, value);
  switch (hash(`${where} how`) % 6) {
    case 0:
      return defineVariable(writing, type, { value });
    case 1:
      return defineVariable(writing, type, {
        value: inputValue(type, `${where} 2`),
        default: text,
      });
    case 2:
      return defineVariable(writing, type, { default: text });
    case 3:
      // Neither given nor with a default: as if the argument were left out.
      return isNonNullType(type) ? text : defineVariable(writing, type, {});
    default:
      return text;
  }
};
