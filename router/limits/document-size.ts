import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How much an operation asks for, fragments counted wherever they are spread. */
export interface DocumentSize {
  /** How many fields stand in one another. */
  readonly depth: number;
  /** How many fields there are. */
  readonly height: number;
  /** How many of them are renamed, `__typename` too. */
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  /** How often one directive stands at one place. */
  readonly repeatedDirectives: number;
  /** How many variables the operation declares. */
  readonly variables: number;
}

type Counted = Omit<DocumentSize, 'rootFields' | 'variables'>;

const NOTHING: Counted = { depth: 0, height: 0, aliases: 0, directives: 0, repeatedDirectives: 0 };

/**
 * The size of the largest operation of a document, each measure by itself.
 *
 * A fragment is measured once, however often it is spread: fragments that spread one another twice
 * double with each, and would take ages to be walked through. The document need not be valid: a
 * fragment that is spread in itself counts once, one that is not there for nothing.
 */
export const measureDocument = ({ definitions }: DocumentNode): DocumentSize => {
  const fragments = new Map(
    definitions
      .filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((each) => [each.name.value, each] as const),
  );
  const measure = measurer(fragments);
  return definitions
    .filter((each) => each.kind === Kind.OPERATION_DEFINITION)
    .map((each) => measureOperation(each, measure))
    .reduce(largest, { ...NOTHING, rootFields: 0, variables: 0 });
};

interface Measurer {
  readonly inSet: (set: SelectionSetNode) => Counted;
  /** Fields of a set that stand in no other field. */
  readonly outermost: (set: SelectionSetNode) => number;
}

const measureOperation = (
  { selectionSet, directives = [], variableDefinitions = [] }: OperationDefinitionNode,
  { inSet, outermost }: Measurer,
): DocumentSize => ({
  ...both(inSet(selectionSet), ofDirectives(directives)),
  rootFields: outermost(selectionSet),
  variables: variableDefinitions.length,
});

const measurer = (fragments: ReadonlyMap<string, FragmentDefinitionNode>): Measurer => {
  const counted = new Map<string, Counted>();
  const rootFields = new Map<string, number>();

  const inSelection = (selection: SelectionNode): Counted => {
    const own = ofDirectives(selection.directives ?? []);
    switch (selection.kind) {
      case Kind.FIELD: {
        const inner =
          selection.selectionSet === undefined ? NOTHING : inSet(selection.selectionSet);
        const field = {
          ...NOTHING,
          height: 1,
          aliases: selection.alias === undefined ? 0 : 1,
        };
        return { ...both(both(inner, field), own), depth: inner.depth + 1 };
      }
      case Kind.INLINE_FRAGMENT:
        return both(inSet(selection.selectionSet), own);
      case Kind.FRAGMENT_SPREAD:
        return both(inFragment(selection.name.value), own);
    }
  };
  const inSet = ({ selections }: SelectionSetNode): Counted =>
    selections.map(inSelection).reduce(both, NOTHING);
  const inFragment = (name: string): Counted =>
    remembered(counted, name, NOTHING, () => {
      const fragment = fragments.get(name);
      if (fragment === undefined) return NOTHING;
      return both(inSet(fragment.selectionSet), ofDirectives(fragment.directives ?? []));
    });

  const outermost = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + 1;
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + outermost(selection.selectionSet);
      const name = selection.name.value;
      return sum + remembered(rootFields, name, 0, () => ofFragment(fragments.get(name)));
    }, 0);
  const ofFragment = (fragment: FragmentDefinitionNode | undefined): number =>
    fragment === undefined ? 0 : outermost(fragment.selectionSet);

  return { inSet, outermost };
};

/** @param meanwhile what it is taken for in itself */
const remembered = <Value>(
  known: Map<string, Value>,
  name: string,
  meanwhile: Value,
  find: () => Value,
): Value => {
  const before = known.get(name);
  if (before !== undefined) return before;
  known.set(name, meanwhile);
  const found = find();
  known.set(name, found);
  return found;
};

const ofDirectives = (directives: readonly DirectiveNode[]): Counted => {
  if (directives.length === 0) return NOTHING;
  const times = new Map<string, number>();
  for (const { name } of directives) times.set(name.value, (times.get(name.value) ?? 0) + 1);
  return {
    ...NOTHING,
    directives: directives.length,
    repeatedDirectives: Math.max(...times.values()),
  };
};

/** Two parts that stand beside one another. */
const both = (one: Counted, other: Counted): Counted => ({
  depth: Math.max(one.depth, other.depth),
  height: one.height + other.height,
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
  repeatedDirectives: Math.max(one.repeatedDirectives, other.repeatedDirectives),
});

const largest = (one: DocumentSize, other: DocumentSize): DocumentSize => ({
  depth: Math.max(one.depth, other.depth),
  height: Math.max(one.height, other.height),
  aliases: Math.max(one.aliases, other.aliases),
  rootFields: Math.max(one.rootFields, other.rootFields),
  directives: Math.max(one.directives, other.directives),
  repeatedDirectives: Math.max(one.repeatedDirectives, other.repeatedDirectives),
  variables: Math.max(one.variables, other.variables),
});
