import {
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { canonical, pick } from './chance.ts';
import type { Examples } from './examples.ts';
import { fieldsOf, type Keys } from './keys.ts';
import { idAt, madeUp, THINGS_OF_A_KIND } from './leaves.ts';
import { type Given, isGiven, type MockObject, mockObject, own } from './object.ts';

/** The entities of a subgraph, so many of each type; of one there is whatever it is asked by. */
export interface Entities {
  readonly isEntity: (type: string) => boolean;
  /** The one of that number, counted round. */
  readonly at: (type: GraphQLObjectType, number: number) => MockObject;
  /** The one that a representation refers to; undefined where it holds no whole key. */
  readonly by: (type: GraphQLObjectType, representation: Given) => MockObject | undefined;
  /** Whether a representation refers to one of those that there are. */
  readonly has: (type: GraphQLObjectType, representation: Given) => boolean;
  /** The names of the fields of each key. */
  readonly keyFields: (type: string) => readonly (readonly string[])[];
}

/**
 * An entity is what its key says, by whichever of its keys and on whichever way it is met: those that there
 * are have numbers, of which all their keys are made; the identity of any other is the text of its key.
 */
export const createEntities = (keys: Keys, examples: Examples): Entities => {
  const numbers = new Map<SelectionSetNode, ReadonlyMap<string, number>>();
  const keysFor = (type: string): readonly SelectionSetNode[] => keys.get(type) ?? [];

  /** As many as the examples have values for the shortest key. */
  const countOf = ({ name }: GraphQLObjectType): number => {
    const lengths = keysFor(name)
      .flatMap(fieldsOf)
      .flatMap((field) => examples.get(`${name}.${field}`)?.values.length || []);
    return Math.min(THINGS_OF_A_KIND, ...lengths);
  };

  const at = (type: GraphQLObjectType, number: number): MockObject => {
    const turn = number % countOf(type);
    const parts = keysFor(type.name).map((key) => keyAt(type, key, turn, examples));
    return mockObject(type.name, `${type.name} ${turn + 1}`, Object.assign({}, ...parts));
  };

  /** By the text of a key: the number of the entity that has it. */
  const numbersBy = (type: GraphQLObjectType, key: SelectionSetNode) => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const all = Array.from({ length: countOf(type) }, (_, number) => number);
    const made = new Map(all.map((number) => [textOf(at(type, number).given, key), number]));
    numbers.set(key, made);
    return made;
  };

  const find = (type: GraphQLObjectType, representation: Given) => {
    for (const key of keysFor(type.name)) {
      const text = textOf(representation, key);
      if (text !== '') return { text, number: numbersBy(type, key).get(text) };
    }
    return undefined;
  };

  return {
    isEntity: (type) => keys.has(type),
    at,
    by: (type, representation) => {
      const found = find(type, representation);
      if (found === undefined) return undefined;
      const { given, identity } =
        found.number === undefined
          ? { given: {}, identity: `${type.name} ${found.text}` }
          : at(type, found.number);
      return mockObject(type.name, identity, { ...given, ...representation });
    },
    has: (type, representation) => find(type, representation)?.number !== undefined,
    keyFields: (type) => keysFor(type).map(fieldsOf),
  };
};

/** A key made of an entity's number, so that no two have the same. */
const keyAt = (
  type: GraphQLObjectType,
  { selections }: SelectionSetNode,
  turn: number,
  examples: Examples,
): Given =>
  Object.fromEntries(
    selections.flatMap((each) => {
      const field = each.kind === Kind.FIELD ? type.getFields()[each.name.value] : undefined;
      if (field === undefined || each.kind !== Kind.FIELD) return [];
      const named = getNamedType(field.type);
      const value =
        isObjectType(named) && each.selectionSet !== undefined
          ? keyAt(named, each.selectionSet, turn, examples)
          : leafAt(type, field.name, turn, examples);
      return [[field.name, isListType(getNullableType(field.type)) ? [value] : value]];
    }),
  );

const leafAt = (
  owner: GraphQLObjectType,
  field: string,
  turn: number,
  examples: Examples,
): unknown => {
  const { name } = owner;
  const type = getNamedType(owner.getFields()[field]?.type);
  const values = examples.get(`${name}.${field}`)?.values ?? [];
  if (values.length > 0) return pick(values, turn);
  if (!isLeafType(type)) return undefined;
  if (type.name === 'Int') return turn + 1;
  if (type.name === 'ID' || type.name === 'String') {
    return idAt(field === 'id' ? name : `${name}_${field}`, turn + 1);
  }
  return madeUp({ type, owner: name, field, number: turn });
};

/** The text of a representation's key; empty where a part of it is missing. */
const textOf = (representation: Given, key: SelectionSetNode): string => {
  const parts = partsOf(representation, key);
  return parts === undefined ? '' : canonical(parts);
};

const partsOf = (value: unknown, key: SelectionSetNode | undefined): unknown => {
  if (key === undefined) return value;
  if (Array.isArray(value)) return value.map((each) => partsOf(each, key));
  if (!isGiven(value)) return undefined;
  const parts: [string, unknown][] = [];
  for (const each of key.selections) {
    if (each.kind !== Kind.FIELD || each.name.value === '__typename') continue;
    const part = partsOf(own(value, each.name.value), each.selectionSet);
    if (part === undefined) return undefined;
    parts.push([each.name.value, part]);
  }
  return Object.fromEntries(parts);
};
