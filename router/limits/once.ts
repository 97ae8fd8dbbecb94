import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { refused } from '../refusal.ts';

/**
 * Refuses an operation that asks for a root field marked `@once` more often than that, under whatever
 * aliases: a hundred log-ins in one request are a hundred guesses for the price of one.
 *
 * @param onceFields coordinates, such as `Mutation.logIn`
 * @throws Refusal naming the field
 */
export const refuseRepeated = (
  schema: GraphQLSchema,
  onceFields: readonly string[],
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
): void => {
  const root = schema.getRootType(operation)?.name;
  const own = onceFields.filter((coordinate) => coordinate.startsWith(`${root}.`));
  if (own.length === 0) return;
  const fields = rootFields(document, selectionSet);
  const errors = own.flatMap((coordinate) => {
    const name = coordinate.slice(coordinate.indexOf('.') + 1);
    // Under one name the same field counts, and runs, once.
    const asked = new Map(
      fields.flatMap((field) => (field.name.value === name ? [[responseName(field), field]] : [])),
    );
    if (asked.size < 2) return [];
    const message = `\`${name}\` may be asked for once in an operation, under whatever aliases.`;
    return [new GraphQLError(message, { nodes: [...asked.values()] })];
  });
  if (errors.length > 0) {
    throw refused('GRAPHQL_VALIDATION_FAILED', errors);
  }
};

const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

const rootFields = (document: DocumentNode, set: SelectionSetNode): readonly FieldNode[] => {
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): readonly FieldNode[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return collect(selection.selectionSet);
      const name = selection.name.value;
      if (spread.has(name)) return [];
      spread.add(name);
      const fragment = document.definitions.find(
        (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name,
      );
      return fragment?.kind === Kind.FRAGMENT_DEFINITION ? collect(fragment.selectionSet) : [];
    });
  return collect(set);
};
