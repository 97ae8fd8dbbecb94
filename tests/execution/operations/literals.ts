import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  Kind,
  print,
} from 'graphql';

/** A value of an input type as GraphQL writes it in a document. */
export const literal = (type: GraphQLInputType, value: unknown): string => {
  const expected = getNullableType(type);
  if (isListType(expected) && Array.isArray(value)) {
    return `[${value.map((element) => literal(expected.ofType, element)).join(', ')}]`;
  }
  if (isListType(expected)) return literal(expected.ofType, value);
  if (isEnumType(expected) && typeof value === 'string') return value;
  if (isInputObjectType(expected) && typeof value === 'object' && value !== null) {
    const fields = expected.getFields();
    return objectLiteral(value, (name, member) => {
      const field = fields[name];
      return field === undefined ? untypedLiteral(member) : literal(field.type, member);
    });
  }
  return untypedLiteral(value);
};

const untypedLiteral = (value: unknown): string => {
  if (typeof value === 'string') return print({ kind: Kind.STRING, value });
  if (Array.isArray(value)) return `[${value.map(untypedLiteral).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return objectLiteral(value, (_name, member) => untypedLiteral(member));
};

const objectLiteral = (object: object, write: (name: string, member: unknown) => string): string =>
  `{${Object.entries(object)
    .map(([name, member]) => `${name}: ${write(name, member)}`)
    .join(', ')}}`;
