import { copy, isObject, type JsonObject } from './json.ts';

/**
 * Puts what a fetch brought into the tree. Objects merge member by member, lists of one length
 * element by element. A null takes nothing away that is there: which of two parallel fetches is
 * merged first does not matter. Else the later value stands.
 */
export const mergeInto = (target: JsonObject, source: JsonObject): void => {
  for (const [key, value] of Object.entries(source)) {
    target[key] = merged(target[key], value);
  }
};

const merged = (present: unknown, added: unknown): unknown => {
  if (added === null || added === undefined) return present ?? null;
  if (isObject(present) && isObject(added)) {
    mergeInto(present, added);
    return present;
  }
  if (Array.isArray(present) && Array.isArray(added) && present.length === added.length) {
    for (const [index, element] of added.entries()) {
      present[index] = merged(present[index], element);
    }
    return present;
  }
  return copy(added);
};
