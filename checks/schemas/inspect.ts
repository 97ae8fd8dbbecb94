import {
  type ASTNode,
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
  /** Whether it is an object, an interface or a union here. */
  readonly isComposite: (typeName: string) => boolean;
  /** Whether it has a `@key` here. */
  readonly isEntity: (typeName: string) => boolean;
  /** The directives of that name on a node, under whatever name the schema has imported it. */
  readonly applied: (node: Directed, directive: string) => readonly ConstDirectiveNode[];
}

export interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** Where an element is: its name, not the description above it. */
export const nameNode = ({ node }: Element): ASTNode =>
  'name' in node && node.name !== undefined ? node.name : node;

/** Takes a schema apart; every element knows what it is part of. */
export const inspect = ({ name, document }: SubgraphSchema): InspectedSubgraph => {
  const names = directiveNames(document);
  const roots = rootsOf(document);
  const elements: Element[] = [];
  const composites = new Set<string>();
  const entities = new Set<string>();
  const subgraph: InspectedSubgraph = {
    name,
    document,
    elements,
    isComposite: (typeName) => composites.has(typeName),
    isEntity: (typeName) => entities.has(typeName),
    rootOf: (typeName) => roots.get(typeName) ?? null,
    applied: ({ directives = [] }, directive) =>
      directives.filter((each) => each.name.value === names(directive)),
  };
  for (const node of document.definitions) {
    elements.push(...elementsOf(subgraph, node));
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue;
    if (COMPOSITE.has(node.kind)) composites.add(node.name.value);
    if (subgraph.applied(node, 'key').length > 0) entities.add(node.name.value);
  }
  return subgraph;
};

const COMPOSITE: ReadonlySet<Kind> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_EXTENSION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_EXTENSION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.UNION_TYPE_EXTENSION,
]);

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
