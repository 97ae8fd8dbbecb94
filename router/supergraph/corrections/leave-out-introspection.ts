import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';

const TYPENAME: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

/**
 * The text that is planned: the document without introspection, which the router answers itself.
 * Apollo's planner leaves it out only where it does not stand in a fragment, and else finds no way to
 * it; deferred fragments are kept, as the parts that they are.
 */
export const plannedText = (document: DocumentNode): string => {
  const text = print(document);
  return /__(?:schema|type)\b/.test(text) ? print(withoutIntrospection(document)) : text;
};

const withoutIntrospection = (document: DocumentNode): DocumentNode =>
  visit(document, {
    Field: ({ name }) => (name.value === '__schema' || name.value === '__type' ? null : undefined),
    InlineFragment: {
      leave: (fragment) => {
        if (!isEmpty(fragment)) return undefined;
        const isDeferred = fragment.directives?.some(({ name }) => name.value === 'defer');
        return isDeferred === true ? { ...fragment, selectionSet: TYPENAME } : null;
      },
    },
    FragmentDefinition: { leave: withSomething },
    OperationDefinition: { leave: withSomething },
  });

/** Only fragments within may go. */
const withSomething = <Node extends OperationDefinitionNode | FragmentDefinitionNode>(
  node: Node,
): Node | undefined => (isEmpty(node) ? { ...node, selectionSet: TYPENAME } : undefined);

const isEmpty = ({
  selectionSet,
}: OperationDefinitionNode | FragmentDefinitionNode | InlineFragmentNode): boolean =>
  selectionSet.selections.length === 0;
