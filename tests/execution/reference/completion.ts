import {
  type DocumentNode,
  executeSync,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLInterfaceType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isInterfaceType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { isIncluded } from './conditions.ts';
import { isObject, type JsonObject, own } from './json.ts';
import { meetsCondition } from './type-conditions.ts';

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

/**
 * A name that is no object type of the API schema is refused by graphql-js, but for one case: a
 * subgraph may know an interface as an object (`@interfaceObject`) and name the interface, or is
 * not asked for the name at all. That does where nothing that is asked for depends on which object
 * type it is.
 */
const byTypename: GraphQLTypeResolver<unknown, unknown> = (value, _context, info, abstract) => {
  const typename =
    isObject(value) && Object.hasOwn(value, '__typename') ? value['__typename'] : abstract.name;
  if (typeof typename !== 'string') return undefined;
  const named = info.schema.getType(typename);
  if (!isInterfaceType(named)) return typename;
  const isPossible = named === abstract || info.schema.isSubType(abstract, named);
  const isEnough = info.fieldNodes.every((node) => isSameForAll(info, named, node.selectionSet));
  return isPossible && isEnough ? info.schema.getPossibleTypes(named)[0]?.name : undefined;
};

/** Whether a selection gives the same of all objects that implement `named`. */
const isSameForAll = (
  info: GraphQLResolveInfo,
  named: GraphQLInterfaceType,
  selections: SelectionSetNode | undefined,
): boolean =>
  (selections?.selections ?? []).every((selection) => {
    if (!isIncluded(info.variableValues, selection)) return true;
    if (selection.kind === 'Field') return selection.name.value !== '__typename';
    const fragment =
      selection.kind === 'FragmentSpread' ? info.fragments[selection.name.value] : selection;
    const condition = fragment?.typeCondition?.name.value ?? named.name;
    return (
      meetsCondition(info.schema, named.name, condition) &&
      isSameForAll(info, named, fragment?.selectionSet)
    );
  });
