import { type DocumentNode, visit } from 'graphql';

export interface RenamedVariables {
  readonly document: DocumentNode;
  /** By name in the plan: the name under which the client gave it. */
  readonly givenNames: ReadonlyMap<string, string>;
}

const PLANNERS = /^(representations|contextualArgument_.*)$/;

/**
 * Apollo's planner adds variables of its own and does not look whether the client has one of the same
 * name (tests/execution/wrong-plans/variable-named-representations): the client's get other names.
 */
export const renameVariables = (document: DocumentNode): RenamedVariables => {
  const givenNames = new Map<string, string>();
  const changed = visit(document, {
    Variable: (variable) => {
      const { value } = variable.name;
      if (!PLANNERS.test(value)) return undefined;
      const made = `client_${value}`;
      givenNames.set(made, value);
      return { ...variable, name: { ...variable.name, value: made } };
    },
  });
  return { document: changed, givenNames };
};
