import { isObject, type Json, type JsonObject, own, type Path } from './tree.ts';

/** One step of a plan's path: into a field or into every item of a list, perhaps of some types only. */
interface PathStep {
  /** Null for the items of a list. */
  readonly field: string | null;
  /** Only values of these types; null for all. */
  readonly types: readonly string[] | null;
}

export type PlanPath = readonly PathStep[];

/**
 * Reads a path as the planner writes it: names, `@` for the items of a list, and after either
 * `|[A,B]` where only values of those types are meant. An empty name stands for the place itself.
 */
export const readPath = (path: Path): PlanPath => path.map((each) => readStep(String(each)));

const readStep = (text: string): PathStep => {
  const [, name = '', types] = /^(.*?)(?:\|\[(.*)\])?$/s.exec(text) ?? [];
  return {
    field: name === '@' ? null : name,
    types: types?.split(',') ?? null,
  };
};

/** Every object at the path, in order; one that stands in several places comes as often. */
export const objectsAt = (root: JsonObject, path: PlanPath): JsonObject[] => {
  const found: JsonObject[] = [];
  gather(root, path, 0, found);
  return found;
};

const gather = (start: Json, path: PlanPath, from: number, found: JsonObject[]): void => {
  let value = start;
  for (let at = from; at < path.length; at += 1) {
    // The loop ends before.
    const { field, types } = path[at] as PathStep;
    if (field === null) {
      gatherItems(value, types, path, at + 1, found);
      return;
    }
    if (field !== '') {
      if (!isObject(value)) return;
      value = own(value, field);
    }
    if (types !== null && !isOneOf(value, types)) return;
  }
  if (isObject(value)) found.push(value);
};

const gatherItems = (
  value: Json,
  types: readonly string[] | null,
  path: PlanPath,
  at: number,
  found: JsonObject[],
): void => {
  if (!Array.isArray(value)) return;
  for (const item of value) {
    if (types === null || isOneOf(item, types)) gather(item, path, at, found);
  }
};

/** Types are conditions on objects; where the type is not known, the subgraph will tell. */
const isOneOf = (value: Json, types: readonly string[]): boolean => {
  if (!isObject(value)) return true;
  const { __typename: type } = value;
  return typeof type !== 'string' || types.includes(type);
};

/** A place in the data, with what leads there. */
export interface Place {
  readonly path: Path;
  readonly object: JsonObject;
  /** The objects on the way from the root, itself excluded; the nearest is the last. */
  readonly ancestors: readonly JsonObject[];
}

/** The same places as `objectsAt` finds, in the same order: dearer, for errors and contexts. */
export const placesAt = (root: JsonObject, path: PlanPath): readonly Place[] =>
  path
    .reduce<readonly Cursor[]>(
      (cursors, step) => cursors.flatMap((cursor) => advance(cursor, step)),
      [{ path: [], value: root, ancestors: [] }],
    )
    .flatMap(settle);

interface Cursor {
  readonly path: Path;
  readonly value: Json;
  readonly ancestors: readonly JsonObject[];
}

const advance = (cursor: Cursor, { field, types }: PathStep): readonly Cursor[] => {
  const next = field === null ? itemsOf(cursor) : field === '' ? [cursor] : enter(cursor, field);
  return types === null ? next : next.filter(({ value }) => isOneOf(value, types));
};

const enter = ({ path, value, ancestors }: Cursor, field: string): readonly Cursor[] =>
  isObject(value)
    ? [{ path: [...path, field], value: own(value, field), ancestors: [...ancestors, value] }]
    : [];

const itemsOf = (cursor: Cursor): readonly Cursor[] =>
  Array.isArray(cursor.value)
    ? cursor.value.map((value, index) => ({ ...cursor, path: [...cursor.path, index], value }))
    : [];

const settle = ({ path, value, ancestors }: Cursor): readonly Place[] =>
  isObject(value) ? [{ path, object: value, ancestors }] : [];
