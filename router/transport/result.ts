import type { SubgraphResult } from '../execution/call.ts';
import { SubgraphFailure } from './failure.ts';

export type { SubgraphResult };

/**
 * A result is an object with `data` or a list of `errors`, whatever the status beside it.
 *
 * @throws SubgraphFailure where `text` is none
 */
export const graphqlResult = (status: number, text: string): SubgraphResult => {
  const result = resultOf(parseJson(text));
  if (result !== null) return result;
  throw new SubgraphFailure(
    'SUBGRAPH_UNAVAILABLE',
    new Error(`status ${status} and ${text.length} characters that are no GraphQL result`),
    'unusable',
  );
};

/** The result that a value parsed from JSON is; null where it is none. */
export const resultOf = (parsed: unknown): SubgraphResult | null => {
  if (typeof parsed !== 'object' || parsed === null) return null;
  if (!('data' in parsed || 'errors' in parsed)) return null;
  const { data, errors } = parsed as Record<string, unknown>;
  const dataFits = data == null || (typeof data === 'object' && !Array.isArray(data));
  const errorsFit = errors == null || (Array.isArray(errors) && errors.every(isError));
  // Checked just above, member by member.
  return dataFits && errorsFit ? (parsed as SubgraphResult) : null;
};

/** The value; undefined where the text is no JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isError = (value: unknown): boolean => typeof Object(value).message === 'string';
