import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { SubgraphCall } from '../../kit/engine.ts';
import { askedOfEntity, askedOfRoot } from './asked-fields.ts';
import {
  type FetchError,
  failureErrors,
  type Part,
  type Request,
  reportedErrors,
} from './failures.ts';
import { isObject, type JsonObject, own, type Path } from './json.ts';
import { mergeInto } from './merge.ts';
import { contextAt, type Place } from './places.ts';
import { representationOf } from './representations.ts';
import { applyRewrites, renamedPath } from './rewrites.ts';
import { readAnswer, type SubgraphAnswer } from './subgraph-answer.ts';

/** One run of an operation. */
export interface Run {
  readonly supergraphSchema: GraphQLSchema;
  /** The client's, coerced, with their defaults. */
  readonly variables: JsonObject;
  readonly call: SubgraphCall;
  /** Added to as fetches come back. */
  readonly errors: FetchError[];
}

/** Fetches for all `places`, and puts what comes into the tree that they are of. */
export const runFetch = async (
  run: Run,
  fetch: FetchNode,
  places: readonly Place[],
  planPath: Path,
): Promise<void> => {
  if (places.length === 0) return;
  if (fetch.requires === undefined) return fetchRoot(run, fetch, places, planPath);
  await Promise.all(
    groupByContext(run, fetch, places).map((group) => fetchEntities(run, fetch, group, planPath)),
  );
};

const fetchRoot = async (
  run: Run,
  fetch: FetchNode,
  places: readonly Place[],
  planPath: Path,
): Promise<void> => {
  const asked = { schema: run.supergraphSchema, variables: run.variables };
  const fields = clientNames(fetch, askedOfRoot(asked, fetch.operation));
  const parts = [{ prefix: [], fields, places }];
  await ask(run, fetch, { service: fetch.serviceName, planPath, parts }, {});
};

interface Group {
  /** What `@fromContext` takes from the surroundings of these places. */
  readonly context: JsonObject;
  readonly places: Place[];
}

/** Places whose surroundings differ cannot share a request, as variables are the request's. */
const groupByContext = (run: Run, fetch: FetchNode, places: readonly Place[]): Group[] => {
  const groups = new Map<string, Group>();
  for (const place of places) {
    const context = contextAt(run.supergraphSchema, place, fetch.contextRewrites);
    const key = JSON.stringify(context);
    const group = groups.get(key) ?? { context, places: [] };
    group.places.push(place);
    groups.set(key, group);
  }
  return [...groups.values()];
};

const fetchEntities = async (
  run: Run,
  fetch: FetchNode,
  { places, context }: Group,
  planPath: Path,
): Promise<void> => {
  const entities = new Map<string, { representation: JsonObject; places: Place[] }>();
  for (const place of places) {
    const representation = representationOf(run.supergraphSchema, place.object, fetch);
    if (representation === undefined) continue;
    const key = JSON.stringify(representation);
    const entity = entities.get(key) ?? { representation, places: [] };
    entity.places.push(place);
    entities.set(key, entity);
  }
  if (entities.size === 0) return;

  const asked = { schema: run.supergraphSchema, variables: run.variables };
  const parts = [...entities.values()].map((entity, index) => {
    const typename = String(own(entity.representation, '__typename'));
    const fields = clientNames(fetch, askedOfEntity(asked, fetch.operation, typename));
    return { prefix: ['_entities', index], fields, places: entity.places };
  });
  const representations = [...entities.values()].map(({ representation }) => representation);
  const variables = { ...context, representations };
  await ask(run, fetch, { service: fetch.serviceName, planPath, parts }, variables);
};

const clientNames = (fetch: FetchNode, names: readonly string[]): string[] =>
  names.map((name) => String(renamedPath(fetch.outputRewrites, [name])[0]));

/** Sends one request and deals with its answer. */
const ask = async (
  run: Run,
  fetch: FetchNode,
  request: Request,
  variables: JsonObject,
): Promise<void> => {
  const answer = await send(run, fetch, variables);
  if (answer === undefined || !isWhole(answer, request)) {
    run.errors.push(...failureErrors(request));
    return;
  }
  for (const part of request.parts) receive(run, fetch, part, dataOf(answer, part));
  for (const error of answer.errors) {
    const rename = (path: Path): Path => renamedPath(fetch.outputRewrites, path);
    run.errors.push(...reportedErrors(request, error, rename, (part) => dataOf(answer, part)));
  }
};

const send = async (
  run: Run,
  fetch: FetchNode,
  variables: JsonObject,
): Promise<SubgraphAnswer | undefined> => {
  const used = (fetch.variableUsages ?? []).filter((name) => Object.hasOwn(run.variables, name));
  const fromClient = Object.fromEntries(used.map((name) => [name, run.variables[name]]));
  const request = {
    query: fetch.operation,
    ...(fetch.operationName !== undefined && { operationName: fetch.operationName }),
    variables: { ...fromClient, ...variables },
  };
  return run.call(fetch.serviceName, request).then(readAnswer, () => undefined);
};

/** An answer about entities names as many as were asked for, unless it says by an error why not. */
const isWhole = (answer: SubgraphAnswer, { parts }: Request): boolean => {
  const [first] = parts;
  if (first === undefined || first.prefix.length === 0) return true;
  const entities = answer.data === null ? null : own(answer.data, '_entities');
  if (Array.isArray(entities)) return entities.length === parts.length;
  return (entities ?? null) === null && answer.errors.length > 0;
};

/** What came for a part, at its prefix. */
const dataOf = (answer: SubgraphAnswer, { prefix }: Part): unknown => {
  const [entities, index] = prefix;
  if (entities === undefined) return answer.data;
  const list = answer.data === null ? null : own(answer.data, String(entities));
  return Array.isArray(list) ? list[Number(index)] : null;
};

const receive = (run: Run, fetch: FetchNode, part: Part, data: unknown): void => {
  if (!isObject(data)) return;
  // An entity need not repeat its type, which rewrites may ask for.
  const typename = part.places[0]?.object['__typename'];
  if (part.prefix.length > 0 && typename !== undefined) data['__typename'] ??= typename;
  applyRewrites(run.supergraphSchema, fetch.outputRewrites, data);
  for (const { object } of part.places) mergeInto(run.supergraphSchema, object, data);
};
