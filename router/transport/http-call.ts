import type { FormattedExecutionResult } from 'graphql';
import { Agent, request } from 'undici';
import { signRequest } from '../../contract/signature.ts';
import type { Caller } from '../../contract/viewer.ts';
import { SubgraphFailure, subgraphFailure } from './failure.ts';

export interface TransportSettings {
  readonly signingSecret: string | null;
  readonly subgraphTimeoutMs: number;
  readonly subgraphConnectTimeoutMs: number;
  readonly subgraphMaxResponseBytes: number;
}

/** What is sent to a subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

export type SubgraphResult = FormattedExecutionResult<Record<string, unknown>>;

/** The connections to all subgraphs, kept alive. */
export const createConnections = (settings: TransportSettings): Agent =>
  new Agent({
    connections: 128,
    connect: { timeout: settings.subgraphConnectTimeoutMs },
    headersTimeout: settings.subgraphTimeoutMs,
    bodyTimeout: settings.subgraphTimeoutMs,
    maxResponseSize: settings.subgraphMaxResponseBytes,
  });

/**
 * One GraphQL request to the subgraph `name` at `url`, signed for `caller`.
 *
 * @throws SubgraphFailure where there is no answer in time, or none that is GraphQL.
 */
export const callSubgraph = async (
  connections: Agent,
  settings: TransportSettings,
  { name, url }: { readonly name: string; readonly url: string },
  caller: Caller,
  graphql: SubgraphRequest,
): Promise<SubgraphResult> => {
  const body = JSON.stringify(graphql);
  const { signingSecret } = settings;
  try {
    const response = await request(url, {
      dispatcher: connections,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(signingSecret !== null && signRequest(signingSecret, name, caller, body)),
      },
      body,
      // undici's own time-outs restart with every byte; this one is for the whole.
      signal: AbortSignal.timeout(settings.subgraphTimeoutMs),
    });
    const text = await response.body.text();
    return graphqlResult(response.statusCode, text);
  } catch (error) {
    throw subgraphFailure(error);
  }
};

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
  );
};

/** The result that a value parsed from JSON is; null where it is none. */
export const resultOf = (parsed: unknown): SubgraphResult | null => {
  if (typeof parsed !== 'object' || parsed === null) return null;
  if (!('data' in parsed || 'errors' in parsed)) return null;
  const { data, errors } = parsed as Record<string, unknown>;
  const dataFits = data === undefined || (typeof data === 'object' && !Array.isArray(data));
  const errorsFit = errors === undefined || (Array.isArray(errors) && errors.every(isError));
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
