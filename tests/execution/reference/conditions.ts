import {
  type DirectiveNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
} from 'graphql';

/** Whether `@skip` and `@include` leave a selection in. */
export const isIncluded = (
  variables: Readonly<Record<string, unknown>>,
  selection: { readonly directives?: readonly DirectiveNode[] },
): boolean => {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variables);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variables);
  return skip?.['if'] !== true && include?.['if'] !== false;
};
