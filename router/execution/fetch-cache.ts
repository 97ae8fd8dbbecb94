import type { Asking } from './asking.ts';
import type { CallSubgraph, SubgraphAnswer } from './call.ts';
import type { FetchOperation } from './fetch-operation.ts';
import type { Wanted } from './gather.ts';

/**
 * Asks for entities.
 *
 * @param others the JSON text of the other variables, each with a comma before it
 */
export type AskEntities = (
  asking: Asking,
  wanted: Wanted,
  others: string,
) => Promise<SubgraphAnswer>;

/** Keeps what fetches say, where it may be kept; gives back what it was given where it may not. */
export interface FetchCache {
  readonly entities: (operation: FetchOperation, ask: AskEntities) => AskEntities;
  readonly root: (operation: FetchOperation, call: CallSubgraph) => CallSubgraph;
}

export const NO_CACHE: FetchCache = {
  entities: (_operation, ask) => ask,
  root: (_operation, call) => call,
};
