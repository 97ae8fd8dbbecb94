// The data gathered so far: JSON values, whose objects are changed in place as fetches answer.
// Names in it are whatever clients alias and subgraphs send, `__proto__` and `constructor` included,
// so a name is never read through the prototype, and never set where it would become one.

export type Json = unknown;
export type JsonObject = Record<string, Json>;

export type Path = readonly (string | number)[];

export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
 * Adds what a fetch brought to what is there: objects are merged by name, lists by place, and for
 * the rest the newer value stands. Objects of `source` become part of `target`.
 */
export const mergeInto = (target: JsonObject, source: JsonObject): void => {
  for (const name in source) {
    const value = source[name];
    if (typeof value !== 'object' || value === null) {
      setOwn(target, name, value);
      continue;
    }
    const present = own(target, name);
    if (typeof present !== 'object' || present === null) setOwn(target, name, value);
    else mergeValues(target, name, present, value);
  }
};

const mergeValues = (target: JsonObject, name: string, present: object, value: object): void => {
  if (Array.isArray(present) && Array.isArray(value)) mergeLists(present, value);
  else if (isObject(present) && isObject(value)) mergeInto(present, value);
  else setOwn(target, name, value);
};

const mergeLists = (target: Json[], source: readonly Json[]): void => {
  source.forEach((value, index) => {
    const present = target[index];
    if (Array.isArray(present) && Array.isArray(value)) mergeLists(present, value);
    else if (isObject(present) && isObject(value)) mergeInto(present, value);
    else target[index] = value;
  });
};

/** A copy that shares nothing that is merged into. */
export const copyOf = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const name in value) setOwn(copy, name, copyOf(value[name]));
  return copy;
};
