import { type AskedFields, askedFields } from './asked-fields.ts';
import type { CompletionError } from './complete.ts';
import type { Names } from './names.ts';
import { fetchesOf, type Plan } from './plan.ts';
import type { ExecutionError } from './run.ts';
import type { Path } from './tree.ts';
import type { SupergraphTypes } from './types.ts';

// What completion found wrong is often the mere effect of an error that was reported already.

/**
 * The errors of completion that no other error explains: none at the same path, on the way to it, or
 * below it.
 */
export const unexplained = (
  found: readonly CompletionError[],
  reported: readonly ExecutionError[],
): readonly CompletionError[] => {
  if (found.length === 0 || reported.length === 0) return found;
  const exact = new Set<string>();
  const above = new Set<string>();
  for (const { path } of reported) {
    // An error without a place says nothing of any.
    if (path.length === 0) continue;
    exact.add(keyOf(path));
    for (const prefix of prefixes(path)) above.add(keyOf(prefix));
  }
  return found.filter(
    ({ code, path }) =>
      code === 'UNAUTHORIZED_FIELD_OR_TYPE' ||
      (!above.has(keyOf(path)) && !prefixes(path).some((prefix) => exact.has(keyOf(prefix)))),
  );
};

const keyOf = (path: Path): string => JSON.stringify(path);

/** The path itself and all that it begins with, the root included. */
const prefixes = (path: Path): readonly Path[] =>
  Array.from({ length: path.length + 1 }, (_, length) => path.slice(0, length));

/** Finds the subgraph that a field came from, by its path. */
export type ServiceAt = (path: Path) => string | null;

export const createServiceAt = (plan: Plan, types: SupergraphTypes, names: Names): ServiceAt => {
  let fetches: readonly Origin[] | undefined;
  return (path) => {
    fetches ??= originsOf(plan, types, names);
    const steps = path.filter((step) => typeof step === 'string');
    const candidates = fetches.filter((fetch) => mayHold(fetch, steps));
    const deepest = candidates.reduce<Origin | undefined>(
      (best, each) => (best === undefined || each.path.length >= best.path.length ? each : best),
      undefined,
    );
    return deepest?.service ?? null;
  };
};

interface Origin {
  readonly service: string;
  /** Names only. */
  readonly path: readonly string[];
  readonly fields: ReadonlySet<string>;
}

const originsOf = (plan: Plan, types: SupergraphTypes, names: Names): readonly Origin[] => {
  const client = (name: string): string => names.clientNames.get(name) ?? name;
  return fetchesOf(plan.node).map(({ fetch, path }) => ({
    service: fetch.serviceName,
    path: path
      .map((step) => String(step).replace(/\|.*$/, ''))
      .filter(isName)
      .map(client),
    fields: new Set(fieldsOf(askedFields(fetch, types), fetch.requires !== undefined).map(client)),
  }));
};

const fieldsOf = ({ ofRoot, ofAny }: AskedFields, isOfEntities: boolean): readonly string[] =>
  isOfEntities ? ofAny : ofRoot;

const isName = (step: string): boolean => step !== '' && step !== '@';

const mayHold = ({ path, fields }: Origin, names: readonly string[]): boolean =>
  path.length < names.length &&
  path.every((name, index) => name === names[index]) &&
  fields.has(names[path.length] ?? '');
