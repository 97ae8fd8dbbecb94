// The data gathered so far: JSON values, whose objects are changed in place as fetches answer.
// Names in it are whatever clients alias and subgraphs send, `__proto__` and `constructor` included,
// so a name is never read through the prototype, and never set where it would become one. What is
// Spliced is a leaf, and stays as it is: only what no fetch needs is spliced.

import { Spliced } from './spliced.ts';

export type Json = unknown;
export type JsonObject = Record<string, Json>;

export type Path = readonly (string | number)[];

export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Spliced);

/** Names that every object seems to have. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

export const isInherited = (name: string): boolean => INHERITED.has(name);

/** What stands under `name` in the object itself. */
export const own = (object: JsonObject, name: string): Json =>
  INHERITED.has(name) && !Object.hasOwn(object, name) ? undefined : object[name];

export const setOwn = (object: JsonObject, name: string, value: Json): void => {
  if (name !== '__proto__') object[name] = value;
  else
    Object.defineProperty(object, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
};

/**
 * Adds what a fetch brought to what is there: objects are merged by name, lists of one length by
 * place, and of the rest the newer value stands, unless it is null: that takes nothing away. So the
 * order in which fetches answer makes no difference. Objects of `source` become part of `target`.
 */
export const mergeInto = (target: JsonObject, source: JsonObject): void => {
  for (const name in source) mergeField(target, name, source[name]);
};

/** Adds one field so. */
export const mergeField = (target: JsonObject, name: string, value: Json): void => {
  if (typeof value !== 'object') {
    setOwn(target, name, value);
    return;
  }
  const present = own(target, name);
  if (present === undefined || present === null) setOwn(target, name, value);
  else if (value !== null) setOwn(target, name, merged(present, value));
};

/** What stands in the place of two values that are no nulls, the newer one an object or a list. */
const merged = (present: Json, value: object): Json => {
  if (isObject(present) && isObject(value)) {
    mergeInto(present, value);
    return present;
  }
  if (Array.isArray(present) && Array.isArray(value) && present.length === value.length) {
    return present.map((item, index) => mergedItem(item, value[index]));
  }
  return value;
};

const mergedItem = (present: Json, value: Json): Json => {
  if (value === null || value === undefined) return present;
  if (present === null || present === undefined || typeof value !== 'object') return value;
  return merged(present, value);
};

/** A copy that shares nothing that is merged into. */
export const copyOf = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const name in value) setOwn(copy, name, copyOf(value[name]));
  return copy;
};

/** A copy in which everything spliced is the values that it stands for. */
export const withoutSpliced = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(withoutSpliced);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const name in value) {
    const member = value[name];
    if (member instanceof Spliced) {
      const members: JsonObject = JSON.parse(`{"${name}":${member.text}}`);
      for (const each in members) setOwn(copy, each, members[each]);
    } else setOwn(copy, name, withoutSpliced(member));
  }
  return copy;
};
