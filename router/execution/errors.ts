import type { GraphQLFormattedError } from 'graphql';
import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import { type AskedFields, askedFields } from './asked-fields.ts';
import { type Gathered, numberOf, ordinalOf } from './gather.ts';
import { clientPath, type Names } from './names.ts';
import { type PlanPath, placesAt } from './places.ts';
import type { FetchNode } from './plan.ts';
import { renamedPath } from './rewrites.ts';
import type { ExecutionError, Run } from './run.ts';
import { isObject, type Json, type JsonObject, own, type Path } from './tree.ts';
import type { SupergraphTypes } from './types.ts';

// Errors of subgraphs, put where the client sees their effect. A subgraph's path is a path in its own
// answer; where it gives none that can be used, the fields that the fetch leaves empty tell the place.

/** A fetch that something went wrong with. */
export interface FaultyFetch {
  readonly node: FetchNode;
  readonly path: PlanPath;
  readonly types: SupergraphTypes;
  readonly names: Names;
  /** Undefined where it fetched no entities. */
  readonly entities: Gathered | undefined;
}

/** What it gave: the root's fields, or entities by number. */
export type Given = JsonObject | readonly Json[] | null;

/** One field that a fetch is for, at one of its places. */
interface Spot {
  readonly path: Path;
  readonly isEmpty: boolean;
}

/** A fetch that gave nothing: an error for every field that stays empty. */
export const failedFetch = (
  run: Run,
  fetch: FaultyFetch,
  code: ErrorCode,
): readonly ExecutionError[] => {
  // Nobody reads them: of five hundred entities there would be as many.
  if (run.asking.departure?.hasLeft() === true) return [];
  return spotsOf(run, fetch, null).map(({ path }) => ({
    message: ERRORS[code].message,
    path: clientPath(fetch.names, path),
    extensions: { code },
    service: fetch.node.serviceName,
  }));
};

/** The errors of a subgraph's answer, whose data has been merged already. */
export const reportedErrors = (
  run: Run,
  fetch: FaultyFetch,
  errors: readonly GraphQLFormattedError[],
  given: Given,
): readonly ExecutionError[] =>
  errors.flatMap(({ message, path, extensions }) =>
    pathsOf(run, fetch, isPath(path) ? path : undefined, given).map((place) => ({
      message,
      path: clientPath(fetch.names, place),
      extensions: isObject(extensions) ? extensions : {},
      service: fetch.node.serviceName,
    })),
  );

/** Subgraphs may send anything. */
const isPath = (path: unknown): path is Path =>
  Array.isArray(path) && path.every((step) => typeof step === 'string' || Number.isInteger(step));

const pathsOf = (
  run: Run,
  fetch: FaultyFetch,
  path: Path | undefined,
  given: Given,
): readonly Path[] => {
  const { node, entities } = fetch;
  const paths =
    entities === undefined
      ? rootPaths(run, fetch, path)
      : entityPaths(entityPlaces(run, fetch, entities), entities, node, path);
  return paths.length > 0 ? paths : emptyPaths(run, fetch, given);
};

const rootPaths = (run: Run, { node, path: at }: FaultyFetch, path: Path | undefined) =>
  path === undefined || path.length === 0
    ? []
    : placesAt(run.data, at).map((place) => [
        ...place.path,
        ...renamedPath(node.outputRewrites, path),
      ]);

/** Every place that the representation of that number fills. */
const entityPaths = (
  places: readonly Path[],
  entities: Gathered,
  { outputRewrites }: FetchNode,
  path: Path | undefined,
): readonly Path[] => {
  const [root, number, ...inner] = path ?? [];
  if (root !== '_entities' || typeof number !== 'number') return [];
  const rest = renamedPath(outputRewrites, inner);
  return places.flatMap((place, target) =>
    numberOf(entities, target) === number ? [[...place, ...rest]] : [],
  );
};

/** Where the targets stand; they were gathered from the same places. */
const entityPlaces = (run: Run, { path }: FaultyFetch, entities: Gathered): readonly Path[] => {
  const places = placesAt(run.data, path);
  return entities.targets.map((_object, target) => places[ordinalOf(entities, target)]?.path ?? []);
};

/** The fields that the answer left empty; where there is none, the nearest that is one place. */
const emptyPaths = (run: Run, fetch: FaultyFetch, given: Given): readonly Path[] => {
  const empty = spotsOf(run, fetch, given).filter(({ isEmpty }) => isEmpty);
  if (empty.length > 0) return empty.map(({ path }) => path);
  const names = fetch.path.map(({ field }) => field);
  const firstList = names.indexOf(null);
  return [
    names
      .slice(0, firstList < 0 ? undefined : firstList)
      .filter((name) => name !== null && name !== '') as string[],
  ];
};

const spotsOf = (run: Run, fetch: FaultyFetch, given: Given): readonly Spot[] => {
  const asked = askedFields(fetch.node, fetch.types);
  if (fetch.entities !== undefined) return entitySpots(run, fetch, fetch.entities, asked, given);
  return placesAt(run.data, fetch.path).flatMap(({ path }) =>
    asked.ofRoot.map((field) => ({ path: [...path, field], isEmpty: isEmptyIn(given, field) })),
  );
};

const entitySpots = (
  run: Run,
  fetch: FaultyFetch,
  entities: Gathered,
  asked: AskedFields,
  given: Given,
): readonly Spot[] => {
  const places = entityPlaces(run, fetch, entities);
  const fields = entities.identities.map((identity) =>
    asked.ofEntity(String(Object(JSON.parse(entities.textOf(identity))).__typename)),
  );
  return places.flatMap((place, target) => {
    const number = numberOf(entities, target);
    return (fields[number] ?? []).map((field) => ({
      path: [...place, field],
      isEmpty: isEmptyIn(Array.isArray(given) ? given[number] : null, field),
    }));
  });
};

const isEmptyIn = (object: Json, field: string): boolean =>
  !isObject(object) || own(object, field) == null;
