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
  const representation = select(schema, object, fetch.requires ?? []);
  if (representation === null || !own(representation, '__typename')) return undefined;
  applyRewrites(schema, fetch.inputRewrites, representation);
  return representation;
};

/** Null where a field is missing: the fragment that asks for it is left out. */
const select = (
  schema: GraphQLSchema,
  source: unknown,
  selections: readonly QueryPlanSelectionNode[],
): JsonObject | null => {
  if (!isObject(source)) return null;
  const result = emptyObject();
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = getResponseName(selection);
      const value = own(source, name);
      if (value === undefined) return null;
      result[name] = selectValue(schema, value, selection.selections);
      continue;
    }
    const { typeCondition } = selection;
    if (typeCondition === undefined) continue;
    if (!meetsCondition(schema, own(source, '__typename'), typeCondition)) continue;
    mergeInto(schema, result, select(schema, source, selection.selections) ?? {});
  }
  return result;
};

const selectValue = (
  schema: GraphQLSchema,
  value: unknown,
  selections: readonly QueryPlanSelectionNode[] | undefined,
): unknown => {
  if (selections === undefined) return copy(value);
  if (Array.isArray(value)) return value.map((each) => selectValue(schema, each, selections));
  return select(schema, value, selections);
};
