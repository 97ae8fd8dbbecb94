import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** How a node is hidden. */
export interface Marks {
  readonly isHidden: (node: Directed) => boolean;
  /** The node itself where it is hidden already. */
  readonly hide: <Node extends Directed>(node: Node) => Node;
}

/** @param directive what the supergraph calls `@inaccessible` */
export const markedBy = (directive: string): Marks => {
  const isHidden = ({ directives = [] }: Directed): boolean =>
    directives.some(({ name }) => name.value === directive);
  const mark: ConstDirectiveNode = {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: directive },
  };
  return {
    isHidden,
    hide: (node) =>
      isHidden(node) ? node : { ...node, directives: [...(node.directives ?? []), mark] },
  };
};

/** The names of the roots that are not hidden; `query` is null where that one is. */
export const rootsOf = (
  { definitions }: DocumentNode,
  { isHidden }: Marks,
): { readonly query: string | null; readonly all: readonly string[] } => {
  const shown = new Set(
    definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION && !isHidden(node) ? [node.name.value] : [],
    ),
  );
  const roots = definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION
      ? node.operationTypes.filter(({ type }) => shown.has(type.name.value))
      : [],
  );
  const query = roots.find(({ operation }) => operation === 'query');
  return { query: query?.type.name.value ?? null, all: roots.map(({ type }) => type.name.value) };
};
