import { type FieldNode, type GraphQLSchema, parse, type SelectionSetNode } from 'graphql';
import { isIncluded } from './conditions.ts';
import type { JsonObject } from './json.ts';
import { meetsCondition } from './type-conditions.ts';

interface Asked {
  readonly schema: GraphQLSchema;
  readonly variables: JsonObject;
}

/** The response names of the root fields that an operation of a plan asks for. */
export const askedOfRoot = (asked: Asked, operation: string): string[] =>
  namesOf(rootFields(asked, operation));

/** The response names that it asks for of an entity of type `typename`. */
export const askedOfEntity = (asked: Asked, operation: string, typename: string): string[] =>
  namesOf(
    rootFields(asked, operation).flatMap((entities) =>
      fieldsOf(asked, entities.selectionSet, typename),
    ),
  );

const rootFields = (asked: Asked, operation: string): FieldNode[] =>
  parse(operation).definitions.flatMap((definition) =>
    definition.kind === 'OperationDefinition' ? fieldsOf(asked, definition.selectionSet) : [],
  );

const namesOf = (fields: readonly FieldNode[]): string[] => [
  ...new Set(fields.map((field) => field.alias?.value ?? field.name.value)),
];

/** `__typename` does not count: it is asked for to know the rest. */
const fieldsOf = (
  asked: Asked,
  selections: SelectionSetNode | undefined,
  typename?: string,
): FieldNode[] =>
  (selections?.selections ?? []).flatMap((selection): FieldNode[] => {
    if (!isIncluded(asked.variables, selection)) return [];
    if (selection.kind === 'Field') return selection.name.value === '__typename' ? [] : [selection];
    // The planner writes no named fragments unless it is told to.
    if (selection.kind === 'FragmentSpread') return [];
    const condition = selection.typeCondition?.name.value;
    const applies =
      condition === undefined ||
      typename === undefined ||
      meetsCondition(asked.schema, typename, condition);
    return applies ? fieldsOf(asked, selection.selectionSet, typename) : [];
  });
