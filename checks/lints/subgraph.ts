import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  OperationTypeNode,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';
import { directiveNames } from './directive-names.ts';

/** A subgraph's schema, parsed under the name of its file. */
export interface SubgraphSchema {
  readonly name: string;
  readonly document: DocumentNode;
}

interface Common {
  readonly subgraph: InspectedSubgraph;
  /** Such as `User`, `User.name`, `Query.user(id:)`. */
  readonly coordinate: string;
}

export interface TypeElement extends Common {
  readonly kind: 'type';
  readonly node: TypeDefinitionNode | TypeExtensionNode;
}

export interface FieldElement extends Common {
  readonly kind: 'field';
  readonly node: FieldDefinitionNode;
  readonly type: TypeElement;
}

export interface ArgumentElement extends Common {
  readonly kind: 'argument';
  readonly node: InputValueDefinitionNode;
  readonly field: FieldElement;
}

export interface InputFieldElement extends Common {
  readonly kind: 'inputField';
  readonly node: InputValueDefinitionNode;
  readonly type: TypeElement;
}

export interface EnumValueElement extends Common {
  readonly kind: 'enumValue';
  readonly node: EnumValueDefinitionNode;
  readonly type: TypeElement;
}

/** `schema` or `extend schema`, where directives are imported. */
export interface SchemaElement extends Common {
  readonly kind: 'schema';
  readonly node: SchemaDefinitionNode | SchemaExtensionNode;
}

/** What a rule can be about. */
export type Element =
  | TypeElement
  | FieldElement
  | ArgumentElement
  | InputFieldElement
  | EnumValueElement
  | SchemaElement;

/** A subgraph's schema, taken apart. */
export interface InspectedSubgraph extends SubgraphSchema {
  readonly elements: readonly Element[];
  /** Which root a type is; null for all others. */
  readonly rootOf: (typeName: string) => OperationTypeNode | null;
  /** The directives of that name on a node, under whatever name the schema has imported it. */
  readonly applied: (node: Directed, directive: string) => readonly ConstDirectiveNode[];
}

export interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** Takes a schema apart; every element knows what it is part of. */
export const inspect = ({ name, document }: SubgraphSchema): InspectedSubgraph => {
  const names = directiveNames(document);
  const roots = rootsOf(document);
  const elements: Element[] = [];
  const subgraph: InspectedSubgraph = {
    name,
    document,
    elements,
    rootOf: (typeName) => roots.get(typeName) ?? null,
    applied: ({ directives = [] }, directive) =>
      directives.filter((each) => each.name.value === names(directive)),
  };
  for (const node of document.definitions) elements.push(...elementsOf(subgraph, node));
  return subgraph;
};

const elementsOf = (subgraph: InspectedSubgraph, node: DefinitionNode): readonly Element[] => {
  if (node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION) {
    return [{ kind: 'schema', subgraph, coordinate: 'schema', node }];
  }
  if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) return [];
  const type: TypeElement = { kind: 'type', subgraph, coordinate: node.name.value, node };
  return [type, ...partsOf(type)];
};

const partsOf = (type: TypeElement): readonly Element[] => {
  const { subgraph, node } = type;
  const under = (name: string): string => `${type.coordinate}.${name}`;
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_EXTENSION:
      return (node.fields ?? []).flatMap((field) => fieldAndArguments(type, field));
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
      return (node.fields ?? []).map((field) => ({
        kind: 'inputField',
        subgraph,
        coordinate: under(field.name.value),
        node: field,
        type,
      }));
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_EXTENSION:
      return (node.values ?? []).map((value) => ({
        kind: 'enumValue',
        subgraph,
        coordinate: under(value.name.value),
        node: value,
        type,
      }));
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_EXTENSION:
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.UNION_TYPE_EXTENSION:
      return [];
  }
};

const fieldAndArguments = (type: TypeElement, node: FieldDefinitionNode): readonly Element[] => {
  const { subgraph } = type;
  const coordinate = `${type.coordinate}.${node.name.value}`;
  const field: FieldElement = { kind: 'field', subgraph, coordinate, node, type };
  const args = (node.arguments ?? []).map(
    (argument): ArgumentElement => ({
      kind: 'argument',
      subgraph,
      coordinate: `${coordinate}(${argument.name.value}:)`,
      node: argument,
      field,
    }),
  );
  return [field, ...args];
};

const rootsOf = ({ definitions }: DocumentNode): ReadonlyMap<string, OperationTypeNode> => {
  const named = definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
      ? (node.operationTypes ?? [])
      : [],
  );
  return new Map([
    ['Query', OperationTypeNode.QUERY],
    ['Mutation', OperationTypeNode.MUTATION],
    ['Subscription', OperationTypeNode.SUBSCRIPTION],
    ...named.map(({ type, operation }) => [type.name.value, operation] as const),
  ]);
};
