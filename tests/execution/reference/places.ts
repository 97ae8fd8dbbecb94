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

/** The objects that a plan's path leads to: `@` stands for every element of a list. */
export const placesAt = (place: Place, steps: Path): Place[] =>
  follow(place.object, steps, place.path, place.ancestors);

/** Where the tree is not as the path supposes there is nothing to complete. */
const follow = (
  value: unknown,
  steps: Path,
  path: Path,
  ancestors: readonly JsonObject[],
): Place[] => {
  const [step, ...rest] = steps;
  if (step === '@') {
    if (!Array.isArray(value)) return [];
    return value.flatMap((element, index) => follow(element, rest, [...path, index], ancestors));
  }
  if (!isObject(value)) return [];
  if (step === undefined) return [{ path, object: value, ancestors }];
  return follow(own(value, String(step)), rest, [...path, step], [...ancestors, value]);
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
