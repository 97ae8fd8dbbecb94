import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { copy, isObject, type JsonObject, own } from './json.ts';

/**
 * Puts what a fetch brought into the tree. Objects merge member by member, lists of one length
 * element by element; else the later value stands. Which of two parallel fetches is merged first
 * does not matter:
 * - a null takes nothing away that is there;
 * - the name of an object type stays where a subgraph that knows it as an interface only
 *   (`@interfaceObject`) names that.
 */
export const mergeInto = (schema: GraphQLSchema, target: JsonObject, source: JsonObject): void => {
  for (const [key, value] of Object.entries(source)) {
    const present = own(target, key);
    const stays = key === '__typename' && present !== undefined && isInterfaceName(schema, value);
    if (!stays) target[key] = merged(schema, present, value);
  }
};

const isInterfaceName = (schema: GraphQLSchema, value: unknown): boolean =>
  typeof value === 'string' && isInterfaceType(schema.getType(value));

const merged = (schema: GraphQLSchema, present: unknown, added: unknown): unknown => {
  if (added === null || added === undefined) return present ?? null;
  if (isObject(present) && isObject(added)) {
    mergeInto(schema, present, added);
    return present;
  }
  if (Array.isArray(present) && Array.isArray(added) && present.length === added.length) {
    for (const [index, element] of added.entries()) {
      present[index] = merged(schema, present[index], element);
    }
    return present;
  }
  return copy(added);
};
