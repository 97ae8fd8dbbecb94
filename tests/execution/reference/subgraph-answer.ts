import { copyMembers, isObject, type JsonObject, own } from './json.ts';

/** What a subgraph answered, once it is known to be a GraphQL result. */
export interface SubgraphAnswer {
  readonly data: JsonObject | null;
  readonly errors: readonly JsonObject[];
}

/** Undefined where what came is no GraphQL result. */
export const readAnswer = (result: unknown): SubgraphAnswer | undefined => {
  if (!isObject(result)) return undefined;
  const data = own(result, 'data');
  const errors = own(result, 'errors');
  if (data === undefined && errors === undefined) return undefined;
  if (data !== undefined && data !== null && !isObject(data)) return undefined;
  if (errors !== undefined && !(Array.isArray(errors) && errors.every(isError))) return undefined;
  return { data: isObject(data) ? copyMembers(data) : null, errors: errors ?? [] };
};

const isError = (value: unknown): value is JsonObject =>
  isObject(value) && typeof own(value, 'message') === 'string';
