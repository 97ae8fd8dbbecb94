import { type GraphQLSchema, isObjectType } from 'graphql';
import { hash } from './hash.ts';
import type { Types } from './shapes.ts';
import type { Arguments } from './thing.ts';

/** The fields that tell which entity an object is; `number` does by an Int. */
export const IDENTIFYING = ['id', 'sku', 'upc', 'code', 'ref', 'number'] as const;

/** So few of each that the same ones are met again and again. */
const ENTITIES = 6;

const ROOTS = ['Query', 'Mutation'];

/** The identity of the object of type `typename` that lies at `key`. */
export const identityAt = (
  types: Types,
  typename: string,
  { key, seed }: { readonly key: string; readonly seed: number },
): string => {
  if (ROOTS.includes(typename)) return typename;
  if (!types.isEntity(typename)) return key;
  const family = types.family(typename);
  const members = types.members(family);
  const number = hash(`${seed} ${key}`) % ENTITIES;
  if (family === typename) return `${family}:${number}`;
  return `${family}:${number * members.length + members.indexOf(typename)}`;
};

export const numberOf = (identity: string): number => Number(/:(\d+)/u.exec(identity)?.[1] ?? 0);

/** What an object declared as `declared` is called in a schema, where interfaces may be objects. */
export const typenameIn = (
  types: Types,
  schema: GraphQLSchema,
  declared: string,
  identity: string,
): string => {
  if (isObjectType(schema.getType(declared))) return declared;
  const members = types.members(declared);
  return members[numberOf(identity) % members.length] ?? declared;
};

/** The text by which a field such as `sku` tells the identity of its object. */
export const identifyingText = (field: string, identity: string): string =>
  field === 'id' ? identity : `${field}~${identity}`;

/** The identity that a representation tells, if it is one of the family. */
export const identityIn = (given: Arguments, family: string): string | undefined => {
  for (const [field, value] of Object.entries(given)) {
    if (field === 'number' && Number.isInteger(value)) return `${family}:${value}`;
    const text = typeof value === 'string' ? value : '';
    const identity = /^(?:\w+~)?(\w+:\d+)(?:\..*)?$/su.exec(text)?.[1];
    if (identity?.startsWith(`${family}:`)) return identity;
    const nested = value !== null && typeof value === 'object' ? { ...value } : {};
    const inside = identityIn(nested, family);
    if (inside !== undefined) return inside;
  }
  return undefined;
};
