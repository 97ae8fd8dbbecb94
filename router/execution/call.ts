import type { FormattedExecutionResult } from 'graphql';
import type { Caller } from '../../contract/viewer.ts';
import type { FetchNode } from './plan.ts';

export type SubgraphResult = FormattedExecutionResult<Record<string, unknown>>;

/** What a fetch sends, but for its variables; made once for a plan. */
export interface FetchOperation {
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly query: string;
  readonly operationName: string | undefined;
  /** The JSON of the request up to its variables, which are the last member. */
  readonly head: string;
}

/** What a subgraph said: the text of a result where it came as text, a result where it did not. */
export type SubgraphAnswer = string | SubgraphResult;

/**
 * Asks one subgraph. A text need not be parsed by whom it passes: whoever reads it does.
 *
 * @param variables the JSON text of an object
 * @throws SubgraphFailure where there is no answer in time, or none that is a GraphQL result
 */
export type CallSubgraph = (
  caller: Caller,
  operation: FetchOperation,
  variables: string,
) => Promise<SubgraphAnswer>;

export const fetchOperation = (node: FetchNode): FetchOperation => {
  const { serviceName, operationKind, operation, operationName } = node;
  const name =
    operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  return {
    subgraph: serviceName,
    kind: operationKind,
    query: operation,
    operationName,
    head: `{"query":${JSON.stringify(operation)},${name}"variables":`,
  };
};

/** The whole body of a request. */
export const requestBody = ({ head }: FetchOperation, variables: string): string =>
  `${head}${variables}}`;
