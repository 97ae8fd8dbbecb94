import type { Asking } from '../execution/asking.ts';
import type { FetchOperation } from '../execution/fetch-operation.ts';
import type { FailureCode } from '../transport/failure.ts';

/** Writes down that a fetch was answered by what was kept. */
export const noteKept = (
  { journal }: Asking,
  operation: FetchOperation,
  /** Why the subgraph did not answer; null where it was not asked. */
  failure: FailureCode | null,
  startedMs: number,
  characters: number,
): void =>
  journal?.add({
    operation,
    variables: '{}',
    startedMs,
    endedMs: performance.now(),
    outcome: failure ?? 'answered',
    source: failure === null ? 'cache' : 'stale',
    attempts: 0,
    characters,
  });
