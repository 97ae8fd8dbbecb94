import { type FieldDefinitionNode, Kind, OperationTypeNode, type TypeNode } from 'graphql';
import { fieldsOf, keysOf, type SubgraphSchema, typesNamed } from './definitions.ts';

/** From a root of the API, what is asked of which subgraph, or by which key another subgraph is gone to. */
export type Way = readonly Step[];

export type Step =
  | { readonly subgraph: string; readonly field: string; readonly key: null }
  | { readonly subgraph: string; readonly field: null; readonly key: string };

interface Stand {
  readonly subgraph: SubgraphSchema;
  readonly type: string;
  readonly way: Way;
}

/** Queries are what people think of first. */
const ROOTS = [
  [OperationTypeNode.QUERY, 'Query'],
  [OperationTypeNode.MUTATION, 'Mutation'],
  [OperationTypeNode.SUBSCRIPTION, 'Subscription'],
] as const;

/**
 * The way with the fewest steps to a type in a subgraph, by breadth-first search over the fields that subgraphs resolve and
 * the keys by which they lead to each other.
 *
 * @returns null where there is none
 */
export const shortestWay = (
  subgraphs: readonly SubgraphSchema[],
  type: string,
  inSubgraph: string,
): Way | null => {
  for (const [operation, usual] of ROOTS) {
    const roots = subgraphs.map((subgraph) => ({
      subgraph,
      type: rootOf(subgraph, operation) ?? usual,
      way: [],
    }));
    const way = searchFrom(roots, subgraphs, type, inSubgraph);
    if (way !== null) return way;
  }
  return null;
};

/** What a subgraph calls a root, where it says so. */
const rootOf = ({ document }: SubgraphSchema, operation: OperationTypeNode): string | undefined =>
  document.definitions
    .flatMap((each) => ('operationTypes' in each ? (each.operationTypes ?? []) : []))
    .find((each) => each.operation === operation)?.type.name.value;

const searchFrom = (
  roots: readonly Stand[],
  subgraphs: readonly SubgraphSchema[],
  type: string,
  inSubgraph: string,
): Way | null => {
  const queue = [...roots];
  const seen = new Set<string>();
  for (let stand = queue.shift(); stand !== undefined; stand = queue.shift()) {
    const place = `${stand.subgraph.name} ${stand.type}`;
    if (seen.has(place)) continue;
    seen.add(place);
    if (stand.type === type && stand.subgraph.name === inSubgraph) return stand.way;
    queue.push(...asking(stand), ...moving(stand, subgraphs));
  }
  return null;
};

const asking = ({ subgraph, type, way }: Stand): readonly Stand[] =>
  resolvedFields(subgraph, type).flatMap((field) =>
    typesReadBy(field, subgraph).map((read) => ({
      subgraph,
      type: read,
      way: [...way, { subgraph: subgraph.name, field: field.name.value, key: null }],
    })),
  );

const moving = (
  { subgraph, type, way }: Stand,
  subgraphs: readonly SubgraphSchema[],
): readonly Stand[] => {
  const known = new Set(resolvedFields(subgraph, type).map(({ name }) => name.value));
  return subgraphs
    .filter((other) => other !== subgraph)
    .flatMap((other) => {
      const key = keysOf(other, type).find((fields) =>
        fields.split(/[\s{]/).every((name, index) => index > 0 || known.has(name)),
      );
      return key === undefined
        ? []
        : [{ subgraph: other, type, way: [...way, { subgraph: other.name, field: null, key }] }];
    });
};

const resolvedFields = (subgraph: SubgraphSchema, type: string): readonly FieldDefinitionNode[] =>
  fieldsOf(subgraph, type).filter(
    (each): each is FieldDefinitionNode =>
      each.kind === Kind.FIELD_DEFINITION &&
      !each.directives?.some(({ name }) => name.value === 'external'),
  );

/** The type of the field, and where that is abstract, those that it may be. */
const typesReadBy = (field: FieldDefinitionNode, subgraph: SubgraphSchema): readonly string[] => {
  const name = nameOf(field.type);
  const members = typesNamed(subgraph, name).flatMap((each) =>
    'types' in each ? (each.types ?? []).map((member) => member.name.value) : [],
  );
  const implementing = subgraph.document.definitions.flatMap((each) =>
    'interfaces' in each && each.interfaces?.some((one) => one.name.value === name)
      ? [each.name.value]
      : [],
  );
  return [name, ...members, ...implementing];
};

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
