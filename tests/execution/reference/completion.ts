import {
  type DocumentNode,
  executeSync,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isObjectType,
} from 'graphql';
import { isObject, type JsonObject, own } from './json.ts';

/**
 * Completes the tree as graphql-js completes what resolvers give: leaf values, nulls and lists
 * by the types of the API schema, fields in the order of the operation.
 */
export const complete = (
  apiSchema: GraphQLSchema,
  tree: JsonObject,
  document: DocumentNode,
  operationName: string | undefined,
  variables: JsonObject,
): { readonly data: unknown; readonly errors: readonly GraphQLError[] } => {
  const { data = null, errors = [] } = executeSync({
    schema: apiSchema,
    document,
    rootValue: tree,
    operationName,
    variableValues: variables,
    fieldResolver: fromTree,
    typeResolver: byTypename,
  });
  return { data, errors };
};

/** Object types of `schema` refuse values that are no objects. */
export const refuseNonObjects = (schema: GraphQLSchema): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !type.name.startsWith('__')) type.isTypeOf = isObject;
  }
  return schema;
};

const fromTree: GraphQLFieldResolver<unknown, unknown> = (source, _args, _context, info) =>
  isObject(source) ? own(source, String(info.path.key)) : undefined;

/** graphql-js itself refuses names that are no object type of the API schema. */
const byTypename: GraphQLTypeResolver<unknown, unknown> = (value) => {
  const typename = isObject(value) ? own(value, '__typename') : undefined;
  return typeof typename === 'string' ? typename : undefined;
};
