import {
  type ASTNode,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * What an operation uses of a schema, each with where it does: `Product.title`, `Query.products.first` for an argument
 * that it gives, `Condition.NEW` for a value that it may send, `CheckoutInput.note` for an input field that it may give,
 * `Product` for a type that it reads or tells apart. What comes in variables may be anything of their type.
 */
export type Usages = ReadonlyMap<string, readonly ASTNode[]>;

/** @param schema the one that the operation was written for; what it does not have is not used */
export const usagesOf = (document: DocumentNode, schema: GraphQLSchema): Usages => {
  const usages = new Map<string, ASTNode[]>();
  const note = (coordinate: string, node: ASTNode): void => {
    const known = usages.get(coordinate);
    if (known === undefined) usages.set(coordinate, [node]);
    else if (!known.includes(node)) known.push(node);
  };
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: (node) => {
        const parent = info.getParentType();
        const read = getNamedType(info.getType());
        if (read != null) note(read.name, node);
        if (parent == null) return;
        // Through an interface, what is read is of the objects that implement it.
        for (const type of [parent, ...implementing(parent, schema)]) {
          note(`${type.name}.${node.name.value}`, node);
        }
      },
      Argument: (node) => {
        const parent = info.getParentType();
        const field = info.getFieldDef();
        if (parent == null || field == null) return;
        for (const type of [parent, ...implementing(parent, schema)]) {
          note(`${type.name}.${field.name}.${node.name.value}`, node);
        }
      },
      ObjectField: (node) => {
        const parent = getNamedType(info.getParentInputType());
        if (parent != null) note(`${parent.name}.${node.name.value}`, node);
      },
      EnumValue: (node) => {
        const type = getNamedType(info.getInputType());
        if (type != null) note(`${type.name}.${node.value}`, node);
      },
      ObjectValue: (node) => {
        const type = getNamedType(info.getInputType());
        if (type != null) note(type.name, node);
      },
      OperationDefinition: (node) => {
        const root = schema.getRootType(node.operation);
        if (root != null) note(root.name, node);
      },
      FragmentDefinition: ({ typeCondition }) => note(typeCondition.name.value, typeCondition),
      InlineFragment: ({ typeCondition }) => {
        if (typeCondition !== undefined) note(typeCondition.name.value, typeCondition);
      },
      VariableDefinition: (node) => {
        const type = typeFromAST(schema, node.type);
        if (type !== undefined) noteAll(getNamedType(type), node, note, new Set());
      },
    }),
  );
  return usages;
};

const implementing = (
  type: GraphQLNamedType,
  schema: GraphQLSchema,
): readonly GraphQLNamedType[] => (isInterfaceType(type) ? schema.getPossibleTypes(type) : []);

/** Everything that a value of an input type may consist of. */
const noteAll = (
  type: GraphQLNamedType,
  node: ASTNode,
  note: (coordinate: string, node: ASTNode) => void,
  seen: Set<GraphQLNamedType>,
): void => {
  if (seen.has(type)) return;
  seen.add(type);
  if (isEnumType(type)) {
    for (const { name } of type.getValues()) note(`${type.name}.${name}`, node);
  }
  if (!isInputObjectType(type)) return;
  note(type.name, node);
  for (const field of Object.values(type.getFields())) {
    note(`${type.name}.${field.name}`, node);
    noteAll(getNamedType(field.type), node, note, seen);
  }
};
