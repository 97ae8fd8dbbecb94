import { type ASTNode, Kind, type TypeNode } from 'graphql';
import { fieldsOf, type SubgraphSchema, typesNamed } from './definitions.ts';

/**
 * What is of one name and of different kinds in different subgraphs, or has a field of different types, each as the first
 * two subgraphs define it: over such things Apollo's composer may stumble before it can name them.
 */
export const definedDifferently = (subgraphs: readonly SubgraphSchema[]): readonly ASTNode[] => {
  const names = new Set(
    subgraphs.flatMap(({ document }) =>
      document.definitions.flatMap((each) => ('name' in each && each.name?.value) || []),
    ),
  );
  return [...names].flatMap((name) => [
    ...pairOf(
      subgraphs.flatMap((each) => typesNamed(each, name).slice(0, 1)),
      kindOf,
    ),
    ...fieldsApart(name, subgraphs),
  ]);
};

const fieldsApart = (type: string, subgraphs: readonly SubgraphSchema[]): readonly ASTNode[] => {
  const fields = subgraphs.flatMap((each) => fieldsOf(each, type));
  const names = new Set(fields.map(({ name }) => name.value));
  return [...names].flatMap((name) =>
    pairOf(
      fields.filter((each) => each.name.value === name),
      (each) => nameOf(each.type),
    ),
  );
};

/** The first, and the first that differs from it. */
const pairOf = <Node extends ASTNode>(
  nodes: readonly Node[],
  told: (node: Node) => string,
): readonly Node[] => {
  const [first, ...others] = nodes;
  const other = first && others.find((each) => told(each) !== told(first));
  return first === undefined || other === undefined ? [] : [first, other];
};

const kindOf = ({ kind }: ASTNode): string => kind.replace(/(Definition|Extension)$/, '');

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
