import { type FetchNode, type QueryPlanSelectionNode, responseNameOf } from './plan.ts';
import { compileRepresentation } from './representations.ts';
import { isEscaped, quote } from './text.ts';
import { type JsonObject, own } from './tree.ts';
import type { SupergraphTypes } from './types.ts';

/**
 * What tells a fetch's entities apart: two of the same identity have the same representation. Mostly it
 * is the key alone, which is there already, so that texts need not be held, hashed and compared.
 */
export interface Identities {
  /** Null where what the plan requires of an entity is not there, so that it cannot be asked for. */
  readonly identify: (entity: JsonObject) => string | null;
  /** The representation as JSON text. */
  readonly textOf: (identity: string) => string;
  /** Representations as the text of a JSON list. */
  readonly listOf: (identities: readonly string[]) => string;
}

export const compileIdentities = (node: FetchNode, types: SupergraphTypes): Identities => {
  const key = node.inputRewrites === undefined ? onlyKey(node.requires ?? [], types) : null;
  if (key !== null) return byKey(key);
  return {
    identify: compileRepresentation(node, types),
    textOf: (text) => text,
    listOf: (texts) => `[${texts.join()}]`,
  };
};

/** A key of one field, of entities of one type. */
interface Key {
  readonly type: string;
  readonly field: string;
}

/** Null where more is required than a `__typename` and one field without selections, in that order. */
const onlyKey = (
  requires: readonly QueryPlanSelectionNode[],
  { subtypes }: SupergraphTypes,
): Key | null => {
  const [fragment, ...others] = requires;
  if (fragment?.kind !== 'InlineFragment' || others.length > 0) return null;
  const { typeCondition: type, selections } = fragment;
  if (type === undefined || Object.hasOwn(subtypes, type)) return null;
  const [typename, field, ...more] = selections;
  if (typename?.kind !== 'Field' || responseNameOf(typename) !== '__typename') return null;
  if (field?.kind !== 'Field' || field.selections !== undefined || more.length > 0) return null;
  return { type, field: responseNameOf(field) };
};

/** Begins the identity of a key that is no string, or one that begins so itself: its JSON follows. */
const AS_JSON = '\u0000';

const byKey = ({ type, field }: Key): Identities => {
  const head = `{"__typename":"${type}","${field}":`;
  const textOf = (identity: string): string =>
    identity.startsWith(AS_JSON)
      ? `${head}${identity.slice(AS_JSON.length)}}`
      : `${head}${quote(identity)}}`;
  const between = `"},${head}"`;
  return {
    textOf,
    // What begins with AS_JSON has to be escaped too, were it a string.
    listOf: (identities) =>
      identities.length === 0 || identities.some(isEscaped)
        ? `[${identities.map(textOf).join()}]`
        : `[${head}"${identities.join(between)}"}]`,
    identify: (entity) => {
      if (entity['__typename'] !== type) return null;
      const value = own(entity, field);
      if (typeof value === 'string' && !value.startsWith(AS_JSON)) return value;
      return value === undefined ? null : `${AS_JSON}${JSON.stringify(value)}`;
    },
  };
};
