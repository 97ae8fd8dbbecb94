import { type Json, type JsonObject, setOwn } from '../execution/tree.ts';

/**
 * What parsing the JSON text of a value would give, for less than half of the work where there are no
 * dates: objects and lists of one's own, and nothing in them but what JSON has. A `Date` becomes its
 * text, what is undefined is left out.
 *
 * @throws TypeError where the value has no JSON text, as a bigint has none
 */
export const asJson = (value: unknown): Json => {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  // JSON knows one zero, and no number that is not finite.
  if (typeof value === 'number') return Number.isFinite(value) ? value || 0 : null;
  if (typeof value !== 'object') return byText(value);
  if (Array.isArray(value)) return listAsJson(value);
  if ('toJSON' in value && typeof value.toJSON === 'function') return asJson(value.toJSON());
  return isPlain(value) ? objectAsJson(value) : byText(value);
};

const objectAsJson = (source: JsonObject): JsonObject => {
  const target: JsonObject = {};
  for (const name of Object.keys(source)) {
    const value = asJson(source[name]);
    if (value !== undefined) setOwn(target, name, value);
  }
  return target;
};

/** A list keeps its length, and its holes are filled: `map` would leave them. */
const listAsJson = (source: readonly unknown[]): Json[] => {
  const target: Json[] = [];
  for (const item of source) target.push(asJson(item) ?? null);
  return target;
};

const isPlain = (value: object): value is JsonObject => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

/** What is rare takes the long way. */
const byText = (value: unknown): Json => {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
};
