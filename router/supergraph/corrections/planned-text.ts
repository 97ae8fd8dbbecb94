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
import { withoutLeftOut } from '../../authorization/leave-out.ts';
import { dropUnused } from './drop-unused.ts';
import { NOTHING } from './resolve-conditions.ts';

const TYPENAME: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

/**
 * The text that is planned: the document without what the viewer may not see, and without
 * introspection, which the router answers itself.
 * Apollo's planner leaves it out only where it does not stand in a fragment, and else finds no way to
 * it; deferred fragments are kept, as the parts that they are.
 */
export const plannedText = (document: DocumentNode): string => {
  const fetched = withoutForbidden(document);
  const text = print(fetched);
  return /__(?:schema|type)\b/.test(text) ? print(withoutIntrospection(fetched)) : text;
};

/** Nor are fields fetched that the viewer may not see. */
const withoutForbidden = (document: DocumentNode): DocumentNode => {
  const fetched = withoutLeftOut(document, NOTHING);
  return fetched === document ? document : dropUnused(fetched);
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
