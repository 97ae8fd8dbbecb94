import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';

/** A subgraph that is composed: its schema, located in the file that it comes from. */
export interface SubgraphSchema {
  readonly name: string;
  /** Where the router sends its requests. */
  readonly url: string;
  readonly document: DocumentNode;
}

type TypeNode = TypeDefinitionNode | TypeExtensionNode;

/** What can be named in a schema, and its type where it has one. */
export type Named =
  | TypeNode
  | FieldDefinitionNode
  | InputValueDefinitionNode
  | EnumValueDefinitionNode;

/** Every definition and extension of the type in a subgraph. */
export const typesNamed = ({ document }: SubgraphSchema, name: string): readonly TypeNode[] =>
  document.definitions.filter(
    (each): each is TypeNode =>
      'name' in each &&
      each.name?.value === name &&
      each.kind !== Kind.DIRECTIVE_DEFINITION &&
      each.kind !== Kind.OPERATION_DEFINITION &&
      each.kind !== Kind.FRAGMENT_DEFINITION,
  );

/** The fields that a subgraph gives a type or an input type. */
export const fieldsOf = (
  subgraph: SubgraphSchema,
  type: string,
): readonly (FieldDefinitionNode | InputValueDefinitionNode)[] =>
  typesNamed(subgraph, type).flatMap((each) =>
    'fields' in each && each.fields !== undefined ? [...each.fields] : [],
  );

const valuesOf = (subgraph: SubgraphSchema, type: string): readonly EnumValueDefinitionNode[] =>
  typesNamed(subgraph, type).flatMap((each) =>
    'values' in each && each.values !== undefined ? [...each.values] : [],
  );

/**
 * What a schema coordinate names in a subgraph: `Type`, `Type.field`, `Enum.VALUE` or `Type.field(argument:)`; undefined where the
 * subgraph has no such thing.
 */
export const definitionOf = (subgraph: SubgraphSchema, coordinate: string): Named | undefined => {
  const [, type = '', field, argument] =
    /^(\w+)(?:\.(\w+))?(?:\((\w+):\))?$/.exec(coordinate) ?? [];
  if (field === undefined) return typesNamed(subgraph, type)[0];
  const found = fieldsOf(subgraph, type).find(({ name }) => name.value === field);
  if (found === undefined) return valuesOf(subgraph, type).find(({ name }) => name.value === field);
  if (argument === undefined) return found;
  const args = 'arguments' in found ? found.arguments : [];
  return args?.find(({ name }) => name.value === argument);
};

/** The texts of the `fields` of each `@key` that a subgraph gives a type. */
export const keysOf = (subgraph: SubgraphSchema, type: string): readonly string[] =>
  typesNamed(subgraph, type)
    .flatMap(({ directives = [] }): readonly (ConstDirectiveNode | DirectiveNode)[] => directives)
    .filter(({ name }) => name.value === 'key' || name.value === 'federation__key')
    .flatMap(({ arguments: args = [] }) =>
      args.flatMap(({ name, value }) =>
        name.value === 'fields' && value.kind === Kind.STRING ? [value.value] : [],
      ),
    );
