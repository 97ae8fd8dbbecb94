import type { FetchDataRewrite } from './plan.ts';
import { isObject, type Json, type JsonObject, own, setOwn } from './tree.ts';
import { isOfType, type SupergraphTypes } from './types.ts';

const FRAGMENT = '... on ';

/**
 * Changes a value as the plan says: sets `__typename`s for subgraphs that know an interface as an
 * object, and gives back their names to fields that had to be asked for under others.
 */
export const applyRewrites = (
  rewrites: readonly FetchDataRewrite[] | undefined,
  value: Json,
  types: SupergraphTypes,
): void => {
  for (const rewrite of rewrites ?? []) {
    const last = rewrite.path.at(-1);
    if (last === undefined) continue;
    atPath(value, rewrite.path.slice(0, -1), types, (object) => apply(rewrite, object, last));
  }
};

const apply = (rewrite: FetchDataRewrite, object: JsonObject, name: string): void => {
  if (rewrite.kind === 'ValueSetter') {
    setOwn(object, name, rewrite.setValueTo);
  } else if (Object.hasOwn(object, name)) {
    setOwn(object, rewrite.renameKeyTo, object[name]);
    delete object[name];
  }
};

const atPath = (
  value: Json,
  path: readonly string[],
  types: SupergraphTypes,
  change: (object: JsonObject) => void,
): void => {
  if (Array.isArray(value)) for (const item of value) atPath(item, path, types, change);
  if (!isObject(value)) return;
  const [step, ...rest] = path;
  if (step === undefined) change(value);
  else if (!step.startsWith(FRAGMENT)) atPath(own(value, step), rest, types, change);
  else if (isOf(value, step.slice(FRAGMENT.length), types)) atPath(value, rest, types, change);
};

/** An object that does not say its type is taken for the one that was asked for. */
const isOf = ({ __typename: type }: JsonObject, condition: string, types: SupergraphTypes) =>
  typeof type !== 'string' || isOfType(types, type, condition);

/** The path in the client's terms of a path in a subgraph's answer, with renamed fields under their names. */
export const renamedPath = (
  rewrites: readonly FetchDataRewrite[] | undefined,
  path: readonly (string | number)[],
): readonly (string | number)[] => {
  const renamers = (rewrites ?? []).filter((each) => each.kind === 'KeyRenamer');
  if (renamers.length === 0) return path;
  const names: string[] = [];
  return path.map((step) => {
    if (typeof step === 'number') return step;
    names.push(step);
    const renamer = renamers.find(({ path: asked }) =>
      sameNames(
        asked.filter((each) => !each.startsWith(FRAGMENT)),
        names,
      ),
    );
    return renamer?.renameKeyTo ?? step;
  });
};

const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, index) => name === other[index]);
