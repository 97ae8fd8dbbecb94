import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isObject, type JsonObject, own, type Path } from './json.ts';
import { meetsCondition } from './type-conditions.ts';

const FRAGMENT = '... on ';

/** The type of a path's step `... on Type`; undefined where the step is a field. */
export const conditionOf = (step: string): string | undefined =>
  step.startsWith(FRAGMENT) ? step.slice(FRAGMENT.length) : undefined;

/** Does to `value` what the plan says must be done to it before it is sent, or after it came. */
export const applyRewrites = (
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] | undefined,
  value: unknown,
): void => {
  for (const rewrite of rewrites ?? []) {
    const field = rewrite.path.at(-1) ?? '';
    for (const object of objectsAt(schema, value, rewrite.path.slice(0, -1))) {
      rewriteField(object, field, rewrite);
    }
  }
};

/** Renames whatever is there: 0, '', false and null too. */
const rewriteField = (object: JsonObject, field: string, rewrite: FetchDataRewrite): void => {
  if (rewrite.kind === 'ValueSetter') {
    object[field] = rewrite.setValueTo;
    return;
  }
  if (!Object.hasOwn(object, field)) return;
  object[rewrite.renameKeyTo] = object[field];
  delete object[field];
};

const objectsAt = (
  schema: GraphQLSchema,
  value: unknown,
  steps: readonly string[],
): JsonObject[] => {
  if (Array.isArray(value)) return value.flatMap((element) => objectsAt(schema, element, steps));
  if (!isObject(value)) return [];
  const [step, ...rest] = steps;
  if (step === undefined) return [value];
  const condition = conditionOf(step);
  if (condition === undefined) return objectsAt(schema, own(value, step), rest);
  const typename = own(value, '__typename');
  // An object that was not asked for its type is of the only type that it can have there.
  const meets = typename === undefined || meetsCondition(schema, typename, condition);
  return meets ? objectsAt(schema, value, rest) : [];
};

/** A path in the answer of a subgraph, with the names that its fields have after the rewrites. */
export const renamedPath = (
  rewrites: readonly FetchDataRewrite[] | undefined,
  path: Path,
): Path => {
  const names = new Map<string, string>();
  for (const rewrite of rewrites ?? []) {
    if (rewrite.kind === 'KeyRenamer') {
      names.set(fieldsOnly(rewrite.path), rewrite.renameKeyTo);
    }
  }
  return path.map((step, index) =>
    typeof step === 'string' ? (names.get(fieldsOnly(path.slice(0, index + 1))) ?? step) : step,
  );
};

/** The planner gives each renamed field a name of its own, so types and indices do not matter. */
const fieldsOnly = (path: Path): string =>
  path.filter((step) => typeof step === 'string' && conditionOf(step) === undefined).join('.');
