import {
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** The fields that a representation gives. */
export type Given = Readonly<Record<string, unknown>>;

type TypeWithFields = GraphQLObjectType | GraphQLInterfaceType;

/** A `@key` by which a subgraph resolves an entity. */
export interface Key {
  /** Its fields and their types, such as `id: ID!, revision: Int!`. */
  readonly description: string;
  /**
   * What is given, with the fields of the key as their types read input: an id that came as a number is
   * text. Undefined where one of them is missing or of another type.
   */
  readonly read: (given: Given) => Given | undefined;
}

/** The keys of each entity that a subgraph resolves, in the order of the schema. */
export const keysByEntity = (schema: GraphQLSchema): ReadonlyMap<string, readonly Key[]> =>
  new Map(
    Object.values(schema.getTypeMap())
      .filter(hasFields)
      .map((type) => [type.name, keysOf(schema, type)] as const)
      .filter(([, keys]) => keys.length > 0),
  );

const keysOf = (schema: GraphQLSchema, type: TypeWithFields): readonly Key[] => {
  const directive = schema.getDirective('key');
  if (directive == null) return [];
  return [type.astNode, ...type.extensionASTNodes]
    .flatMap((node) => node?.directives ?? [])
    .filter(({ name }) => name.value === directive.name)
    .map((node) => getArgumentValues(directive, node))
    .filter(({ resolvable }) => resolvable !== false)
    .map(({ fields }) => keyOf(type, selectionOf(String(fields))));
};

const keyOf = (type: TypeWithFields, selection: SelectionSetNode): Key => ({
  description: fieldsOf(selection)
    .map(({ name }) => `${name.value}: ${type.getFields()[name.value]?.type}`)
    .join(', '),
  read: (given) => readFields(given, type, selection),
});

const readFields = (
  given: Given,
  type: TypeWithFields,
  key: SelectionSetNode,
): Given | undefined => {
  const read: Record<string, unknown> = { ...given };
  for (const { name, selectionSet } of fieldsOf(key)) {
    const value = readValue(given[name.value], type.getFields()[name.value]?.type, selectionSet);
    if (value === undefined) return undefined;
    read[name.value] = value;
  }
  return read;
};

const readValue = (
  value: unknown,
  type: GraphQLOutputType | undefined,
  key: SelectionSetNode | undefined,
): unknown => {
  const nullable = getNullableType(type);
  if (value === undefined) return undefined;
  if (value === null) return nullable === type ? null : undefined;
  if (key !== undefined && hasFields(nullable)) {
    return isGiven(value) ? readFields(value, nullable, key) : undefined;
  }
  try {
    return isLeafType(nullable) ? nullable.parseValue(value) : undefined;
  } catch {
    // However a scalar refuses a value: it is none of its own.
    return undefined;
  }
};

const selectionOf = (fields: string): SelectionSetNode => {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (operation?.kind === Kind.OPERATION_DEFINITION) return operation.selectionSet;
  throw new Error(`a key is no selection: ${fields}`);
};

/** Keys are of fields alone, without fragments. */
const fieldsOf = ({ selections }: SelectionSetNode) =>
  selections.filter((each) => each.kind === Kind.FIELD);

const hasFields = (type: unknown): type is TypeWithFields =>
  isObjectType(type) || isInterfaceType(type);

export const isGiven = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
