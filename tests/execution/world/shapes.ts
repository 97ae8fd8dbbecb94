import {
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Federation } from '../federations/build.ts';
import type { Arguments } from './thing.ts';

/** The type of a field that all subgraphs can give: non-null where it is non-null in any. */
export interface Shape {
  readonly nonNull: boolean;
  readonly inner: { readonly list: Shape } | { readonly named: string };
}

export interface FieldFacts {
  readonly shape: Shape;
  /** Of its arguments. */
  readonly defaults: Arguments;
  /** The values that every subgraph with this field knows, if it is an enum. */
  readonly enumValues: readonly string[];
  /** The object types that every subgraph with this field knows, if it is abstract. */
  readonly objectTypes: readonly string[];
}

/** Facts about the types of all subgraphs taken together. */
export interface Types {
  readonly field: (typename: string, field: string) => FieldFacts;
  readonly isEntity: (typename: string) => boolean;
  /** The interface that an object's identity is of, where it has a key; else the type itself. */
  readonly family: (typename: string) => string;
  /** The object types of a family, sorted. */
  readonly members: (family: string) => readonly string[];
  /** Of any subgraph that defines it. */
  readonly named: (name: string) => GraphQLNamedType | undefined;
}

export const readTypes = ({ subgraphs, apiSchema, directives }: Federation): Types => {
  const schemas = [...subgraphs.values()];
  const families = [...directives.keys.keys()].filter((name) =>
    schemas.some((schema) => isInterfaceType(schema.getType(name))),
  );
  const members = (family: string): string[] => {
    const found = schemas.flatMap((schema) => objectTypesOf(schema, family));
    const objects = families.includes(family) ? found.filter((name) => name !== family) : [family];
    return [...new Set(objects)].filter((name) => isVisible(apiSchema, family, name)).sort();
  };
  const family = (typename: string): string =>
    families.find((each) => each === typename || members(each).includes(typename)) ?? typename;

  const known = new Map<string, FieldFacts>();
  const field = (typename: string, name: string): FieldFacts => {
    const key = `${typename}.${name}`;
    const facts =
      known.get(key) ?? readField(schemas, apiSchema, [typename, family(typename)], name);
    known.set(key, facts);
    return facts;
  };
  return {
    field,
    family,
    members,
    isEntity: (typename) => directives.keys.has(family(typename)),
    named: (name) => schemas.map((schema) => schema.getType(name)).find((type) => type),
  };
};

const objectTypesOf = (schema: GraphQLSchema, name: string): string[] => {
  const type = schema.getType(name);
  if (isAbstractType(type)) return schema.getPossibleTypes(type).map((each) => each.name);
  return isObjectType(type) ? [type.name] : [];
};

const readField = (
  schemas: readonly GraphQLSchema[],
  apiSchema: GraphQLSchema,
  typenames: readonly string[],
  field: string,
): FieldFacts => {
  const definers = schemas.flatMap((schema) =>
    typenames
      .map((typename) => schema.getType(typename))
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .flatMap((type) => {
        const found = type.getFields()[field];
        return found === undefined ? [] : [{ schema, found, shape: shapeOf(found.type) }];
      }),
  );
  const [first, ...rest] = definers.map(({ shape }) => shape);
  if (first === undefined) throw new Error(`No subgraph has ${typenames[0]}.${field}.`);
  const shape = rest.reduce(stricter, first);
  const name = namedOf(shape);
  const inAll = (read: (schema: GraphQLSchema) => string[]): string[] =>
    definers
      .map(({ schema }) => read(schema))
      .reduce((all, some) => all.filter((each) => some.includes(each)))
      .filter((each) => isVisible(apiSchema, name, each))
      .sort();
  return {
    shape,
    defaults: Object.fromEntries(
      definers
        .flatMap(({ found }) => found.args)
        .filter((argument) => argument.defaultValue !== undefined)
        .map((argument) => [argument.name, argument.defaultValue]),
    ),
    enumValues: inAll((schema) => enumValuesOf(schema, name)),
    objectTypes: inAll((schema) => objectTypesOf(schema, name)),
  };
};

const shapeOf = (type: GraphQLOutputType): Shape => {
  if (isNonNullType(type)) return { ...shapeOf(type.ofType), nonNull: true };
  if (isListType(type)) return { nonNull: false, inner: { list: shapeOf(type.ofType) } };
  return { nonNull: false, inner: { named: type.name } };
};

const stricter = (one: Shape, other: Shape): Shape => ({
  nonNull: one.nonNull || other.nonNull,
  inner:
    'list' in one.inner && 'list' in other.inner
      ? { list: stricter(one.inner.list, other.inner.list) }
      : one.inner,
});

const namedOf = ({ inner }: Shape): string =>
  'named' in inner ? inner.named : namedOf(inner.list);

const enumValuesOf = (schema: GraphQLSchema, name: string): string[] => {
  const type = schema.getType(name);
  return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
};

/** What is inaccessible appears nowhere unless a fault puts it there. */
const isVisible = (apiSchema: GraphQLSchema, parent: string, member: string): boolean => {
  const type = apiSchema.getType(parent);
  if (isEnumType(type))
    return type.getValue(member) !== undefined && type.getValue(member) !== null;
  if (isAbstractType(type)) return objectTypesOf(apiSchema, parent).includes(member);
  return true;
};
