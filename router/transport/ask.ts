import type { Asking } from '../execution/asking.ts';
import type { SubgraphAnswer } from '../execution/call.ts';
import type { FetchOperation } from '../execution/fetch-operation.ts';
import type { AnswerSource } from '../execution/journal.ts';

/** One call of a subgraph on its way through the layers that way.ts lists. */
export interface Call {
  readonly asking: Asking;
  readonly operation: FetchOperation;
  /** The JSON text of an object. */
  readonly variables: string;
  /** When it is too late for an answer, as of `performance.now()`. */
  readonly deadlineMs: number;
  /** How often a replica was asked. */
  attempts: number;
  /** Which was asked last; null before the first. */
  lastReplica: object | null;
  source: AnswerSource;
  /** Null where it is not traced. */
  readonly traceparent: string | null;
}

/**
 * What a layer is: it answers, or asks the next one.
 *
 * @throws SubgraphFailure where there is no answer that can be used
 */
export type Ask = (call: Call) => Promise<SubgraphAnswer>;

/** The time that is left for it, in milliseconds; at least 1, which is as good as none. */
export const timeLeft = ({ deadlineMs }: Call): number =>
  Math.max(1, Math.ceil(deadlineMs - performance.now()));
