import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import type { SubgraphName } from '../../../stack/subgraphs.ts';

/** What was composed, with what is internal and with who resolves what. */
export const SUPERGRAPH = buildSchema(readFileSync('supergraph.graphql', 'utf8'), {
  assumeValidSDL: true,
});

export type Field = GraphQLField<unknown, unknown>;
export type RootType = 'Query' | 'Mutation' | 'Subscription';

type Arguments = Readonly<Record<string, unknown>>;
interface Directed {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined;
}

const directivesOf = ({ astNode }: Directed, name: string): readonly Arguments[] =>
  (astNode?.directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: given = [] }) =>
      Object.fromEntries(given.map((each) => [each.name.value, valueFromASTUntyped(each.value)])),
    );

export const isInternal = (directed: Directed): boolean =>
  directivesOf(directed, 'tag').some(({ name }) => name === 'internal');

/** The graphs of the supergraph are named as the subgraphs are, in capitals. */
const subgraphOf = (graph: unknown): SubgraphName => String(graph).toLowerCase() as SubgraphName;

export const objectType = (name: string): GraphQLObjectType => {
  const type = SUPERGRAPH.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  return type;
};

export interface RootField {
  readonly field: Field;
  readonly subgraph: SubgraphName;
  readonly isInternal: boolean;
}

/** By name, in the order of the supergraph. */
export const rootFields = (type: RootType): Readonly<Record<string, RootField>> =>
  Object.fromEntries(
    Object.values(objectType(type).getFields()).map((field) => [
      field.name,
      {
        field,
        subgraph: subgraphOf(directivesOf(field, 'join__field')[0]?.['graph']),
        isInternal: isInternal(field),
      },
    ]),
  );

/** A subgraph that answers `_entities` of this type. */
export interface Entity {
  readonly type: string;
  readonly subgraph: SubgraphName;
}

export const ENTITIES: readonly Entity[] = Object.values(SUPERGRAPH.getTypeMap()).flatMap((type) =>
  directivesOf(type, 'join__type')
    .filter(({ key, resolvable }) => key !== undefined && resolvable !== false)
    .map(({ graph }) => ({ type: type.name, subgraph: subgraphOf(graph) })),
);

/** Whether a subgraph answers a field for what it is told of the object beside its key: nothing. */
export const isAnsweredBy = (field: Field, subgraph: SubgraphName): boolean => {
  const joins = directivesOf(field, 'join__field');
  if (joins.length === 0) return true;
  return joins.some(
    ({ graph, external, requires }) =>
      external !== true &&
      requires === undefined &&
      (graph === undefined || subgraphOf(graph) === subgraph),
  );
};

/** Names of the types with fields that clients reach from a root field's answer. */
export const typesBelow = (fields: readonly Field[]): ReadonlySet<string> => {
  const found = new Set<string>();
  const look = (field: Field): void => {
    const type = getNamedType(field.type);
    if (!isCompositeType(type) || found.has(type.name)) return;
    found.add(type.name);
    if ('getFields' in type) for (const each of Object.values(type.getFields())) look(each);
    for (const possible of isObjectType(type) ? [] : SUPERGRAPH.getPossibleTypes(type)) {
      found.add(possible.name);
      for (const each of Object.values(possible.getFields())) look(each);
    }
  };
  for (const field of fields) look(field);
  return found;
};
