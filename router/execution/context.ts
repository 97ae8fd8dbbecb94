import { type Gathered, numberOf, ordinalOf } from './gather.ts';
import { type Place, type PlanPath, placesAt } from './places.ts';
import type { FetchDataKeyRenamer, FetchNode } from './plan.ts';
import { isObject, type Json, type JsonObject, own } from './tree.ts';
import { isOfType, type SupergraphTypes } from './types.ts';

/** Entities that are asked for with the same values from around them. */
interface InContext {
  readonly entities: Gathered;
  /** `,"name":value` for each value. */
  readonly variables: string;
}

export const hasContext = ({ contextRewrites = [] }: FetchNode): boolean =>
  contextRewrites.length > 0;

/**
 * Reads what `@fromContext` arguments take from the objects around each entity. They are variables of
 * the fetch, so entities with different values are asked for apart.
 */
export const contextOf = (
  { contextRewrites = [] }: FetchNode,
  path: PlanPath,
  root: JsonObject,
  entities: Gathered,
  types: SupergraphTypes,
): readonly InContext[] => {
  const places = placesAt(root, path);
  const groups = new Map<string, number[]>();
  entities.targets.forEach((_object, target) => {
    const place = places[ordinalOf(entities, target)];
    const variables = place === undefined ? '' : valuesAround(place, contextRewrites, types);
    const group = groups.get(variables) ?? [];
    group.push(target);
    groups.set(variables, group);
  });
  return [...groups].map(([variables, targets]) => ({
    variables,
    entities: only(entities, targets),
  }));
};

const valuesAround = (
  place: Place,
  rewrites: readonly FetchDataKeyRenamer[],
  types: SupergraphTypes,
): string => {
  const values = new Map<string, string>();
  for (const { path, renameKeyTo } of rewrites) {
    const ups = path.filter((step) => step === '..').length;
    const value = valueAt(place.ancestors.at(-ups), path.slice(ups), types);
    // Of several types that may stand there, the first that does decides.
    if (value === undefined || values.has(renameKeyTo)) continue;
    values.set(renameKeyTo, `,"${renameKeyTo}":${JSON.stringify(value)}`);
  }
  return [...values.values()].join('');
};

const valueAt = (value: Json, path: readonly string[], types: SupergraphTypes): Json => {
  const [step, ...rest] = path;
  if (step === undefined || value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => valueAt(item, path, types));
  if (!isObject(value)) return undefined;
  if (!step.startsWith('... on ')) return valueAt(own(value, step), rest, types);
  const { __typename: type } = value;
  const applies = typeof type === 'string' && isOfType(types, type, step.slice(7));
  return applies ? valueAt(value, rest, types) : undefined;
};

/** Those targets alone, with what they are asked for by. */
const only = (entities: Gathered, targets: readonly number[]): Gathered => {
  const numbers = targets.map((target) => numberOf(entities, target));
  const kept = [...new Set(numbers)];
  return {
    ...entities,
    identities: kept.map((number) => entities.identities[number] ?? ''),
    // Their numbers come from there.
    targets: targets.map((target) => entities.targets[target] as JsonObject),
    numbers: numbers.map((number) => kept.indexOf(number)),
    ordinals: targets.map((target) => ordinalOf(entities, target)),
  };
};
