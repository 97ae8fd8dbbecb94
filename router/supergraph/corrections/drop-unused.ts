import { type DocumentNode, Kind, separateOperations, visit } from 'graphql';

/** Leaves out fragments and variables that only skipped selections used. */
export const dropUnused = (document: DocumentNode): DocumentNode => {
  const [used = document] = Object.values(separateOperations(document));
  const variables = new Set<string>();
  visit(used, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      variables.add(name.value);
    },
  });
  return visit(used, {
    VariableDefinition: ({ variable }) => (variables.has(variable.name.value) ? undefined : null),
    [Kind.SELECTION_SET]: () => false,
  });
};
