import type { FetchDataKeyRenamer } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isObject, type JsonObject, own, type Path } from './json.ts';
import { conditionOf } from './rewrites.ts';
import { meetsCondition } from './type-conditions.ts';

/** An object of the tree that a fetch completes. */
export interface Place {
  readonly path: Path;
  readonly object: JsonObject;
  /** The objects that it lies in, from the root of the tree inwards. */
  readonly ancestors: readonly JsonObject[];
}

/**
 * The objects that a plan's path leads to: `@` stands for every element of a list, an empty name for
 * the place itself, and `|[A,B]` after either lets only values of these types through.
 */
export const placesAt = (place: Place, steps: Path): Place[] =>
  follow(place.object, steps, place.path, place.ancestors);

/** Where the tree is not as the path supposes there is nothing to complete. */
const follow = (
  value: unknown,
  steps: Path,
  path: Path,
  ancestors: readonly JsonObject[],
): Place[] => {
  const [written, ...rest] = steps;
  if (written === undefined) return isObject(value) ? [{ path, object: value, ancestors }] : [];
  const { name, types } = readStep(written);
  const onwards = (next: unknown, at: Path, around: readonly JsonObject[]): Place[] =>
    isOneOf(next, types) ? follow(next, rest, at, around) : [];
  if (name === '') return onwards(value, path, ancestors);
  if (name === '@') {
    if (!Array.isArray(value)) return [];
    return value.flatMap((element, index) => onwards(element, [...path, index], ancestors));
  }
  if (!isObject(value)) return [];
  return onwards(own(value, name), [...path, name], [...ancestors, value]);
};

/** A step of a plan's path: its name, and the types that it is for, if not for all. */
export const readStep = (
  written: string | number,
): { readonly name: string; readonly types: readonly string[] | undefined } => {
  const [name = '', types] = String(written).split('|');
  return { name, types: types?.slice(1, -1).split(',') };
};

/** Of what is no object, or does not say its type, the subgraph may know. */
const isOneOf = (value: unknown, types: readonly string[] | undefined): boolean => {
  const typename = isObject(value) ? own(value, '__typename') : undefined;
  return types === undefined || typeof typename !== 'string' || types.includes(typename);
};

/**
 * The variables that fields of this place take from its surroundings (`@fromContext`). A step `..`
 * leads from an object to the one that it lies in.
 */
export const contextAt = (
  schema: GraphQLSchema,
  place: Place,
  rewrites: readonly FetchDataKeyRenamer[] | undefined,
): JsonObject => {
  const variables: JsonObject = {};
  for (const { path, renameKeyTo } of rewrites ?? []) {
    const levels = path.filter((step) => step === '..').length;
    const from = [...place.ancestors, place.object].at(-1 - levels);
    const value = valueAt(schema, from, path.slice(levels));
    // The first type condition that is met decides.
    if (value !== undefined) variables[renameKeyTo] ??= value;
  }
  return variables;
};

const valueAt = (schema: GraphQLSchema, value: unknown, steps: readonly string[]): unknown => {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (Array.isArray(value)) return value.map((element) => valueAt(schema, element, steps));
  if (!isObject(value)) return value === null ? null : undefined;
  const condition = conditionOf(step);
  if (condition === undefined) return valueAt(schema, own(value, step), rest);
  const meets = meetsCondition(schema, own(value, '__typename'), condition);
  return meets ? valueAt(schema, value, rest) : undefined;
};
