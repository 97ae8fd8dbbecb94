import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { refusal } from '../refusal.ts';

// A plan names the deferred parts of an operation by their labels. So that each is found again in the
// document, each gets a label of its own before it is planned, which tells the client's label too.

/** What a label of a plan stands for. */
export interface DeferredFragment {
  /** The client's; undefined where it gave none. */
  readonly label: string | undefined;
  /** One fragment, which does not defer any more. */
  readonly selectionSet: SelectionSetNode;
}

interface Chosen {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Fragments that defer are written out wherever they are spread, which a few of them can multiply. */
const MAX_SELECTIONS = 20_000;

/**
 * Gives every `@defer` of an operation a label of its own. A fragment that defers and is spread in
 * several places is a part in each of them, so it is written out there. Subscriptions do not defer.
 *
 * @throws Refusal where it would become too long
 */
export const labelDeferred = (chosen: Chosen): Chosen => {
  const { document, operation } = chosen;
  const { fragments, defers } = fragmentsOf(document);
  if (!defersIn(operation) && ![...fragments.values()].some(defersIn)) return chosen;
  if (operation.operation === 'subscription') return undeferred(chosen);
  let labels = 0;
  let selections = 0;

  const labelled = (directives: readonly DirectiveNode[] = []): readonly DirectiveNode[] =>
    directives.map((directive) => {
      if (directive.name.value !== 'defer') return directive;
      labels += 1;
      return withLabel(directive, `${labels}`);
    });
  const writeOut = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.map(writeOutSelection),
  });
  const writeOutSelection = (selection: SelectionNode): SelectionNode => {
    selections += 1;
    if (selections > MAX_SELECTIONS) throw refusal('GRAPHQL_VALIDATION_FAILED', TOO_LONG);
    const { directives } = selection;
    if (selection.kind === Kind.FIELD) {
      const { selectionSet } = selection;
      return selectionSet === undefined
        ? selection
        : { ...selection, selectionSet: writeOut(selectionSet) };
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const selectionSet = writeOut(selection.selectionSet);
      return { ...selection, directives: labelled(directives), selectionSet };
    }
    const fragment = fragments.get(selection.name.value);
    if (fragment === undefined || !(defersIn(selection) || defers(fragment))) return selection;
    return {
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: fragment.typeCondition,
      directives: labelled(directives),
      selectionSet: writeOut(fragment.selectionSet),
    };
  };

  const written = { ...operation, selectionSet: writeOut(operation.selectionSet) };
  const kept = [...fragments.values()].filter((fragment) => !defers(fragment));
  return { operation: written, document: { ...document, definitions: [written, ...kept] } };
};

/** An event comes whole: who asks for parts may be given all at once. */
const undeferred = ({ document, operation }: Chosen): Chosen => {
  const visitor = {
    Directive: ({ name }: DirectiveNode) => (name.value === 'defer' ? null : undefined),
  };
  return { document: visit(document, visitor), operation: visit(operation, visitor) };
};

const TOO_LONG = `With its fragments written out where they are spread, the operation has more than ${MAX_SELECTIONS} selections.`;

/** The deferred fragments of an operation that `labelDeferred` gave, by the labels in its plan. */
export const deferredFragments = ({
  selectionSet,
}: OperationDefinitionNode): ReadonlyMap<string, DeferredFragment> => {
  const found = new Map<string, DeferredFragment>();
  const gather = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      const label = deferredAs(selection);
      if (label !== undefined && selection.kind === Kind.INLINE_FRAGMENT) {
        const now = { ...selection, directives: [] };
        found.set(label, {
          label: clientLabel(label),
          selectionSet: { kind: Kind.SELECTION_SET, selections: [now] },
        });
      }
      if ('selectionSet' in selection && selection.selectionSet !== undefined) {
        gather(selection.selectionSet);
      }
    }
  };
  gather(selectionSet);
  return found;
};

const deferredAs = ({ directives = [] }: SelectionNode): string | undefined => {
  const deferred = directives.find(({ name }) => name.value === 'defer');
  return deferred && labelOf(deferred);
};

const fragmentsOf = (document: DocumentNode) => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  }
  const known = new Map<FragmentDefinitionNode, boolean>();
  /** Whether it defers itself, or by a fragment in it. */
  const defers = (fragment: FragmentDefinitionNode): boolean => {
    const before = known.get(fragment);
    if (before !== undefined) return before;
    const spread = spreadIn(fragment).flatMap((name) => fragments.get(name) ?? []);
    const found = defersIn(fragment) || spread.some(defers);
    known.set(fragment, found);
    return found;
  };
  return { fragments, defers };
};

const defersIn = (node: OperationDefinitionNode | FragmentDefinitionNode | SelectionNode) => {
  let found = false;
  visit(node, {
    Directive: ({ name }) => {
      found ||= name.value === 'defer';
    },
  });
  return found;
};

const spreadIn = (fragment: FragmentDefinitionNode): readonly string[] => {
  const names: string[] = [];
  visit(fragment, { FragmentSpread: ({ name }) => void names.push(name.value) });
  return names;
};

const withLabel = (directive: DirectiveNode, number: string): DirectiveNode => {
  const label = labelOf(directive);
  const others = (directive.arguments ?? []).filter(({ name }) => name.value !== 'label');
  return {
    ...directive,
    arguments: [
      ...others,
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'label' },
        value: {
          kind: Kind.STRING,
          value: label === undefined ? number : `${number} ${label}`,
        },
      },
    ],
  };
};

const labelOf = (directive: DirectiveNode | ConstDirectiveNode): string | undefined => {
  const value = directive.arguments?.find(({ name }) => name.value === 'label')?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
};

/** What follows the number, if anything does. */
const clientLabel = (label: string): string | undefined => {
  const space = label.indexOf(' ');
  return space < 0 ? undefined : label.slice(space + 1);
};
