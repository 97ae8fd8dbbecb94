import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** Whether an object that says `__typename: typename` meets `... on condition`. */
export const meetsCondition = (
  schema: GraphQLSchema,
  typename: unknown,
  condition: string,
): boolean => {
  if (typename === condition) return true;
  if (typeof typename !== 'string') return false;
  const type = schema.getType(typename);
  const wanted = schema.getType(condition);
  if (!isAbstractType(wanted) || !(isObjectType(type) || isInterfaceType(type))) return false;
  return schema.isSubType(wanted, type);
};
