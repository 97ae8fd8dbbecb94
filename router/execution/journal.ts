import type { FailureCode } from '../transport/failure.ts';
import type { FetchOperation } from './fetch-operation.ts';

/** Where the answer of a call came from. */
export type AnswerSource =
  /** The subgraph, asked for this request, or for this one and others of the same moment. */
  | 'subgraph'
  /** An answer that was under way for somebody else. */
  | 'shared'
  /** What was kept from before. */
  | 'cache'
  /** What was kept from before, past its time, as the subgraph failed. */
  | 'stale';

/** One call of a subgraph, as it was when it had ended; times as of `performance.now()`. */
export interface CallRecord {
  readonly operation: FetchOperation;
  /** For how many entities it asked; null where it asked for root fields. */
  readonly entities: number | null;
  readonly startedMs: number;
  readonly endedMs: number;
  /** What became of asking the subgraph, where it was asked. */
  readonly outcome: 'answered' | FailureCode;
  readonly source: AnswerSource;
  /** How often a replica was asked: 0 where none was, more than 1 where it was tried again. */
  readonly attempts: number;
  /** The length of the answer's text; null where it came as no text. */
  readonly characters: number | null;
}

/** Is told of every call that was made for a request, as it ends. */
export interface Journal {
  readonly add: (call: CallRecord) => void;
}

/** A journal that can be read. */
export interface WrittenJournal extends Journal {
  readonly calls: readonly CallRecord[];
}

export const createJournal = (): WrittenJournal => {
  const calls: CallRecord[] = [];
  return { calls, add: (call) => void calls.push(call) };
};
