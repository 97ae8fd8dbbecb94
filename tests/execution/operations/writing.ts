import type { GraphQLInputType, GraphQLSchema } from 'graphql';
import type { Avoided } from '../federations/federation.ts';

/** An operation that is being written. */
export interface Writing {
  readonly schema: GraphQLSchema;
  readonly avoids: readonly Avoided[];
  /** Definitions of named fragments. */
  readonly fragments: string[];
  /** By name: what is written in the head of the operation. */
  readonly definitions: Map<string, string>;
  /** By name; variables may be left out. */
  readonly values: Map<string, unknown>;
}

/** The response names of one object of the answer, each with what it stands for. */
export type Scope = Map<string, Taken>;

interface Taken {
  readonly type: string;
  readonly uses: { readonly parent: string | undefined; readonly what: string }[];
  readonly inner: Scope;
}

/**
 * Takes a response name for a field, or another one where it stands for something else: fields of
 * one name must be the same field, or be of object types that differ, and have one type.
 *
 * @param parent the object type; undefined where it is abstract.
 */
export const takeName = (
  scope: Scope,
  wanted: string,
  { parent, what, type }: { parent: string | undefined; what: string; type: string },
): { readonly name: string; readonly inner: Scope } => {
  const taken = scope.get(wanted);
  if (taken === undefined) {
    const inner: Scope = new Map();
    scope.set(wanted, { type, uses: [{ parent, what }], inner });
    return { name: wanted, inner };
  }
  const fits = taken.uses.every(
    (use) =>
      use.what === what ||
      (use.parent !== undefined && parent !== undefined && use.parent !== parent),
  );
  if (taken.type !== type || !fits) {
    return takeName(scope, `${wanted.replace(/^__/u, '')}_`, { parent, what, type });
  }
  taken.uses.push({ parent, what });
  return { name: wanted, inner: taken.inner };
};

/** Defines a variable of a type, with a value or a default or both, and gives its name. */
export const defineVariable = (
  writing: Writing,
  type: GraphQLInputType,
  options: { readonly default?: string; readonly value?: unknown },
): string => {
  const name = `v${writing.definitions.size}`;
  const initial = options.default === undefined ? '' : ` = ${options.default}`;
  writing.definitions.set(name, `$${name}: ${type}${initial}`);
  if ('value' in options) writing.values.set(name, options.value);
  return `$${name}`;
};
