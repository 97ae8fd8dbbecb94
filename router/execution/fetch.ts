import { SubgraphFailure } from '../transport/failure.ts';
import type { CallSubgraph, SubgraphResult } from './call.ts';
import { contextOf, hasContext } from './context.ts';
import { type FaultyFetch, failedFetch, reportedErrors } from './errors.ts';
import type { FetchCache } from './fetch-cache.ts';
import { fetchOperation } from './fetch-operation.ts';
import { type Gathered, gatherEntities, numberOf } from './gather.ts';
import { compileIdentities } from './identities.ts';
import { joinEntityCalls } from './join.ts';
import type { Names } from './names.ts';
import { objectsAt, type PlanPath } from './places.ts';
import type { FetchNode } from './plan.ts';
import { type RowsOfAnswer, readAnswer } from './read-answer.ts';
import { applyRewrites } from './rewrites.ts';
import { mergeRow, type ReadRows } from './rows.ts';
import type { Run, Step, Variables } from './run.ts';
import { copyOf, isObject, type JsonObject, mergeInto } from './tree.ts';
import type { SupergraphTypes } from './types.ts';

// One fetch of a plan: what it sends, and what becomes of the answer.

/** What compiling a fetch needs to know. */
export interface FetchSetting {
  readonly types: SupergraphTypes;
  readonly names: Names;
  readonly call: CallSubgraph;
  readonly cache: FetchCache;
  /** Root fields marked `@idempotent`, such as `Mutation.checkout`. */
  readonly idempotentFields: readonly string[];
  /** Whether what a subgraph says of an entity may become part of the data in several places at once. */
  readonly mayShare: boolean;
  /** Reads answers of which something is spliced; null where nothing can be. */
  readonly read: ReadRows | null;
}

/** Finds a fetch's entities; those of a parallel step that want the same share one. */
export type Gather = (run: Run) => Gathered;

export const compileGather = (node: FetchNode, path: PlanPath, { types }: FetchSetting): Gather => {
  const identities = compileIdentities(node, types);
  return ({ data }) => gatherEntities(data, path, identities);
};

/** A fetch of root fields: its answer goes into every object at the path. */
export const compileRootFetch = (
  node: FetchNode,
  path: PlanPath,
  { types, names, read, cache, idempotentFields, ...setting }: FetchSetting,
): Step => {
  const operation = fetchOperation(node, path, idempotentFields);
  const call = cache.root(operation, setting.call);
  const settle = settleRoot(node, path, types, names);
  const faulty: FaultyFetch = { node, path, types, names, entities: undefined };
  return (run) => {
    const targets = objectsAt(run.data, path);
    if (targets.length === 0) return undefined;
    return call(run.asking, operation, usedVariables(node, names, run.variables), null)
      .then((answer) => readAnswer(answer, read, 1))
      .then(
        (answer) => {
          if (!('rows' in answer)) return settle(run, targets, answer);
          for (const target of targets) mergeRow(target, answer.rows, 0);
        },
        (error) => void run.errors.push(...failedFetch(run, faulty, failureCode(error))),
      );
  };
};

/** Merges the answer of a root fetch, and reports what went wrong. */
export const settleRoot = (
  node: FetchNode,
  path: PlanPath,
  types: SupergraphTypes,
  names: Names,
) => {
  const faulty: FaultyFetch = { node, path, types, names, entities: undefined };
  return (run: Run, targets: readonly JsonObject[], { data, errors }: SubgraphResult): void => {
    if (isObject(data)) {
      applyRewrites(node.outputRewrites, data, types);
      for (const target of targets) mergeInto(target, data);
    }
    if (errors != null && errors.length > 0) {
      run.errors.push(...reportedErrors(run, faulty, errors, isObject(data) ? data : null));
    } else if (!isObject(data)) {
      run.errors.push(...failedFetch(run, faulty, 'SUBGRAPH_UNAVAILABLE'));
    }
  };
};

/** A fetch of entities: each of its answers goes into every object that it was asked for. */
export const compileEntityFetch = (
  node: FetchNode,
  path: PlanPath,
  gather: Gather,
  setting: FetchSetting,
): Step => {
  const { types, names } = setting;
  const operation = fetchOperation(node, path, setting.idempotentFields);
  const call = joinEntityCalls(setting.call, operation, setting.read, setting.cache);

  const settle = (run: Run, entities: Gathered, { data, errors }: SubgraphResult): void => {
    const answered = data?.['_entities'];
    const fits = Array.isArray(answered) && answered.length === entities.identities.length;
    if (fits) hydrate(node, setting, entities, answered);
    const faulty: FaultyFetch = { node, path, types, names, entities };
    if (errors != null && errors.length > 0 && (fits || answered == null)) {
      run.errors.push(...reportedErrors(run, faulty, errors, fits ? answered : null));
    } else if (!fits) {
      run.errors.push(...failedFetch(run, faulty, 'SUBGRAPH_UNAVAILABLE'));
    }
  };

  const ask = (run: Run, entities: Gathered, context: string): Promise<void> => {
    const others = `${context}${otherVariables(node, names, run.variables)}`;
    return call(run.asking, entities, others).then(
      (answer) => {
        if ('rows' in answer) return hydrateRows(entities, answer);
        settle(run, entities, answer);
      },
      (error) =>
        void run.errors.push(
          ...failedFetch(run, { node, path, types, names, entities }, failureCode(error)),
        ),
    );
  };

  return (run) => {
    const entities = gather(run);
    if (entities.identities.length === 0) return undefined;
    if (!hasContext(node)) return ask(run, entities, '');
    const asked = contextOf(node, path, run.data, entities, types).map((each) =>
      ask(run, each.entities, each.variables),
    );
    return Promise.all(asked).then(() => undefined);
  };
};

const hydrateRows = (entities: Gathered, { rows, places }: RowsOfAnswer): void => {
  for (let at = 0; at < entities.targets.length; at += 1) {
    const number = numberOf(entities, at);
    const target = entities.targets[at];
    const row = places === null ? number : places[number];
    if (target !== undefined && row !== undefined) mergeRow(target, rows, row);
  }
};

const hydrate = (
  node: FetchNode,
  { types, mayShare }: FetchSetting,
  entities: Gathered,
  answered: readonly unknown[],
): void => {
  const given = new Set<number>();
  if (node.outputRewrites !== undefined) {
    for (const entity of answered) applyRewrites(node.outputRewrites, entity, types);
  }
  for (let at = 0; at < entities.targets.length; at += 1) {
    const number = numberOf(entities, at);
    const entity = answered[number];
    const target = entities.targets[at];
    if (target === undefined || !isObject(entity)) continue;
    const isFirst = mayShare || !given.has(number);
    if (!mayShare) given.add(number);
    mergeEntity(target, isFirst ? entity : (copyOf(entity) as JsonObject), types);
  }
};

/** A subgraph that knows an interface as an object calls it so; that says less than what is known. */
const mergeEntity = (
  target: JsonObject,
  entity: JsonObject,
  { subtypes }: SupergraphTypes,
): void => {
  const { __typename: known } = target;
  mergeInto(target, entity);
  const { __typename: told } = target;
  if (told !== known && typeof told === 'string' && Object.hasOwn(subtypes, told)) {
    target['__typename'] = known;
  }
};

/** The JSON text of those variables that the client gave. */
export const usedVariables = (node: FetchNode, names: Names, variables: Variables): string =>
  `{${otherVariables(node, names, variables).slice(1)}}`;

/** `,"name":value` for each of those that the client gave. */
const otherVariables = (
  { variableUsages = [] }: FetchNode,
  { givenNames }: Names,
  variables: Variables,
): string => {
  let text = '';
  for (const name of variableUsages) {
    const given = givenNames.get(name) ?? name;
    const value = Object.hasOwn(variables, given) ? variables[given] : undefined;
    if (value !== undefined) text += `,"${name}":${JSON.stringify(value)}`;
  }
  return text;
};

const failureCode = (error: unknown): SubgraphFailure['code'] => {
  if (error instanceof SubgraphFailure) return error.code;
  throw error;
};
