import type { FormattedExecutionResult } from 'graphql';
import type { Asking } from './asking.ts';
import type { FetchOperation } from './fetch-operation.ts';

export type SubgraphResult = FormattedExecutionResult<Record<string, unknown>>;

/** What a subgraph said: the text of a result where it came as text, a result where it did not. */
export type SubgraphAnswer = string | SubgraphResult;

/**
 * Asks one subgraph. A text need not be parsed by whom it passes: whoever reads it does.
 *
 * @param variables the JSON text of an object
 * @param entities for how many entities it asks; null where it asks for root fields
 * @throws SubgraphFailure where there is no answer in time, or none that is a GraphQL result
 */
export type CallSubgraph = (
  asking: Asking,
  operation: FetchOperation,
  variables: string,
  entities: number | null,
) => Promise<SubgraphAnswer>;
