import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { getResponseName } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { copy, emptyObject, isObject, type JsonObject, own } from './json.ts';
import { mergeInto } from './merge.ts';
import { applyRewrites } from './rewrites.ts';
import { meetsCondition } from './type-conditions.ts';

/**
 * What is told to the subgraph of an entity, so that it knows which one is meant. Undefined where
 * the tree does not hold enough of it.
 */
export const representationOf = (
  schema: GraphQLSchema,
  object: JsonObject,
  fetch: FetchNode,
): JsonObject | undefined => {
  const representation = emptyObject();
  for (const fragment of fetch.requires ?? []) {
    const part = select(schema, object, [fragment]);
    if (part !== undefined) mergeInto(schema, representation, part);
  }
  if (!own(representation, '__typename')) return undefined;
  applyRewrites(schema, fetch.inputRewrites, representation);
  return representation;
};

/**
 * Undefined where a field is missing, or is no object where one is selected from, at any depth: the
 * fragment of the representation that asks for it is left out as a whole. (Stock sends null for an
 * object that lacks a field, from which the subgraph would compute something wrong.)
 */
const select = (
  schema: GraphQLSchema,
  source: JsonObject,
  selections: readonly QueryPlanSelectionNode[],
): JsonObject | undefined => {
  const result = emptyObject();
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = getResponseName(selection);
      const value = selectValue(schema, own(source, name), selection.selections);
      if (value === undefined) return undefined;
      result[name] = value;
      continue;
    }
    const { typeCondition } = selection;
    if (typeCondition === undefined) continue;
    if (!meetsCondition(schema, own(source, '__typename'), typeCondition)) continue;
    const part = select(schema, source, selection.selections);
    if (part === undefined) return undefined;
    mergeInto(schema, result, part);
  }
  return result;
};

const selectValue = (
  schema: GraphQLSchema,
  value: unknown,
  selections: readonly QueryPlanSelectionNode[] | undefined,
): unknown => {
  if (selections === undefined || value === null || value === undefined) return copy(value);
  if (Array.isArray(value)) {
    const items = value.map((each) => selectValue(schema, each, selections));
    return items.includes(undefined) ? undefined : items;
  }
  return isObject(value) ? select(schema, value, selections) : undefined;
};
