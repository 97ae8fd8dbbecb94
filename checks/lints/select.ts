import { Kind, type TypeNode } from 'graphql';
import type {
  ArgumentElement,
  Element,
  EnumValueElement,
  FieldElement,
  TypeElement,
} from '../schemas/inspect.ts';
import type { Linted } from './rule.ts';

export const elementsOf = ({ subgraphs }: Linted): readonly Element[] =>
  subgraphs.flatMap(({ elements }) => elements);

/** Types and their extensions, in all subgraphs. */
export const typesOf = (linted: Linted): readonly TypeElement[] =>
  elementsOf(linted).filter((element) => element.kind === 'type');

export const fieldsOf = (linted: Linted): readonly FieldElement[] =>
  elementsOf(linted).filter((element) => element.kind === 'field');

export const argumentsOf = (linted: Linted): readonly ArgumentElement[] =>
  elementsOf(linted).filter((element) => element.kind === 'argument');

export const enumValuesOf = (linted: Linted): readonly EnumValueElement[] =>
  elementsOf(linted).filter((element) => element.kind === 'enumValue');

/** By a key, in the order of their first. */
export const groupBy = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly [Item, ...Item[]]> => {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
};

/** The type without lists and exclamation marks. */
export const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

export const isNonNull = ({ kind }: TypeNode): boolean => kind === Kind.NON_NULL_TYPE;

export const isList = (type: TypeNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE ? isList(type.type) : type.kind === Kind.LIST_TYPE;
