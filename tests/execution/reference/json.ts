/** An object of a JSON document. It has no prototype, so that `__proto__` is a key like any other. */
export type JsonObject = { [key: string]: unknown };

/** From the root of an answer to a value in it: response names and indices of lists. */
export type Path = readonly (string | number)[];

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const emptyObject = (): JsonObject => Object.create(null);

/** The object's own value; what objects inherit, such as `constructor`, is not there. */
export const own = (object: JsonObject, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** A deep copy whose objects have no prototype. */
export const copy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copy);
  return isObject(value) ? copyMembers(value) : value;
};

export const copyMembers = (object: Readonly<JsonObject>): JsonObject => {
  const result = emptyObject();
  for (const [key, member] of Object.entries(object)) result[key] = copy(member);
  return result;
};
