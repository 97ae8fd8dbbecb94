import type { Asking } from '../execution/asking.ts';
import type { CallRecord } from '../execution/journal.ts';
import type { FailureCode } from '../transport/failure.ts';

/** What was kept, and served. */
interface Kept extends Pick<CallRecord, 'operation' | 'entities' | 'startedMs' | 'characters'> {
  /** Why the subgraph did not answer; null where it was not asked. */
  readonly failure: FailureCode | null;
}

/** Writes down that a fetch was answered by what was kept. */
export const noteKept = ({ journal }: Asking, { failure, ...kept }: Kept): void =>
  journal?.add({
    ...kept,
    endedMs: performance.now(),
    outcome: failure ?? 'answered',
    source: failure === null ? 'cache' : 'stale',
    attempts: 0,
  });
