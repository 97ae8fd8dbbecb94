import type { FetchDataRewrite, FetchNode, QueryPlanSelectionNode } from './plan.ts';
import { responseNameOf } from './plan.ts';
import { applyRewrites } from './rewrites.ts';
import { quote } from './text.ts';
import { isObject, type Json, type JsonObject, mergeInto, own, setOwn } from './tree.ts';
import { isOfType, type SupergraphTypes } from './types.ts';

/**
 * The representation of an entity as JSON text, by which a subgraph finds it; null where what the
 * plan requires of it is not there, so that it cannot be asked for.
 */
export type Represent = (entity: JsonObject) => string | null;

type Write = (value: Json) => string;

/** Thrown where a required field is missing: its fragment says nothing then. */
const MISSING = Symbol('a required field is missing');

/** Compiles what a fetch requires, for each type that entities turn out to have. */
export const compileRepresentation = (
  { requires = [], inputRewrites }: FetchNode,
  types: SupergraphTypes,
): Represent => {
  const byType = new Map<string, Represent>();
  return (entity) => {
    const { __typename: type } = entity;
    if (typeof type !== 'string') return null;
    let represent = byType.get(type);
    if (represent === undefined) {
      represent = compileFor(type, requires, inputRewrites, types);
      byType.set(type, represent);
    }
    return represent(entity);
  };
};

const compileFor = (
  type: string,
  requires: readonly QueryPlanSelectionNode[],
  rewrites: readonly FetchDataRewrite[] | undefined,
  types: SupergraphTypes,
): Represent => {
  const fragments = requires.filter((each) => applies(each, type, types));
  const [only] = fragments;
  if (only === undefined) return () => null;
  const typename = rewrites === undefined ? type : typenameFrom(rewrites, type, types);
  const isPlain = fragments.length === 1 && only.kind === 'InlineFragment' && typename !== null;
  const write = isPlain ? compileObject(only.selections, typename) : null;
  if (write === null) return (entity) => assemble(entity, fragments, rewrites, types);
  return (entity) => {
    try {
      return write(entity);
    } catch (thrown) {
      if (thrown === MISSING) return null;
      throw thrown;
    }
  };
};

const applies = (
  selection: QueryPlanSelectionNode,
  type: string,
  types: SupergraphTypes,
): boolean =>
  selection.kind === 'Field' ||
  selection.typeCondition === undefined ||
  isOfType(types, type, selection.typeCondition);

/** The `__typename` that the rewrites give an entity of `type`; null where they do more than that. */
const typenameFrom = (
  rewrites: readonly FetchDataRewrite[],
  type: string,
  types: SupergraphTypes,
): string | null => {
  let typename = type;
  for (const rewrite of rewrites) {
    const [condition = '', field, ...deeper] = rewrite.path;
    const isTypename =
      rewrite.kind === 'ValueSetter' &&
      condition.startsWith('... on ') &&
      field === '__typename' &&
      deeper.length === 0;
    if (!isTypename) return null;
    if (isOfType(types, typename, condition.slice(7))) typename = String(rewrite.setValueTo);
  }
  return typename;
};

/** Null where the selection depends on the types of what lies deeper. */
const compileObject = (
  selections: readonly QueryPlanSelectionNode[],
  typename: string | null,
): Write | null => {
  const fields: { head: string; name: string; write: Write }[] = [];
  for (const selection of selections) {
    if (selection.kind !== 'Field') return null;
    const name = responseNameOf(selection);
    const write = compileField(selection, typename);
    if (write === null) return null;
    fields.push({ head: `${fields.length === 0 ? '{' : ','}"${name}":`, name, write });
  }
  if (fields.length === 0) return null;
  return (value) => {
    // `writeValue` and the caller give objects only.
    const object = value as JsonObject;
    let text = '';
    for (const { head, name, write } of fields) text += head + write(own(object, name));
    return `${text}}`;
  };
};

const compileField = (
  field: Extract<QueryPlanSelectionNode, { kind: 'Field' }>,
  typename: string | null,
): Write | null => {
  if (field.name === '__typename' && typename !== null) {
    const text = JSON.stringify(typename);
    return () => text;
  }
  if (field.selections === undefined) return writeLeaf;
  const write = compileObject(field.selections, null);
  return write === null ? null : (value) => writeValue(value, write);
};

const writeLeaf: Write = (value) => {
  if (typeof value === 'string') return quote(value);
  if (value === undefined) throw MISSING;
  return JSON.stringify(value);
};

const writeValue = (value: Json, write: Write): string => {
  if (value === undefined) throw MISSING;
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map((item) => writeValue(item, write)).join(',')}]`;
  if (!isObject(value)) throw MISSING;
  return write(value);
};

/** The general way: fragments that overlap, selections by type, rewrites of any kind. */
const assemble = (
  entity: JsonObject,
  fragments: readonly QueryPlanSelectionNode[],
  rewrites: readonly FetchDataRewrite[] | undefined,
  types: SupergraphTypes,
): string | null => {
  const representation: JsonObject = {};
  for (const fragment of fragments) {
    const part = select(entity, [fragment], types);
    if (part !== null) mergeInto(representation, part);
  }
  if (own(representation, '__typename') === undefined) return null;
  applyRewrites(rewrites, representation, types);
  return JSON.stringify(representation);
};

/** A copy of what is selected; null where some of it is missing. */
const select = (
  source: JsonObject,
  selections: readonly QueryPlanSelectionNode[],
  types: SupergraphTypes,
): JsonObject | null => {
  const { __typename: type } = source;
  const selected: JsonObject = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const value = own(source, responseNameOf(selection));
      const part = selection.selections ? selectIn(value, selection.selections, types) : value;
      if (part === undefined) return null;
      setOwn(selected, responseNameOf(selection), part);
    } else if (applies(selection, typeof type === 'string' ? type : '', types)) {
      const part = select(source, selection.selections, types);
      // Inside of a value a fragment is part of the whole, which is not there without it.
      if (part === null) return null;
      mergeInto(selected, part);
    }
  }
  return selected;
};

const selectIn = (
  value: Json,
  selections: readonly QueryPlanSelectionNode[],
  types: SupergraphTypes,
): Json | undefined => {
  if (Array.isArray(value)) {
    const items = value.map((item) => selectIn(item, selections, types));
    return items.includes(undefined) ? undefined : items;
  }
  if (value === null) return null;
  return isObject(value) ? (select(value, selections, types) ?? undefined) : undefined;
};
