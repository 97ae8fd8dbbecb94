import type { Asking } from '../execution/asking.ts';
import type { FetchOperation } from '../execution/fetch-operation.ts';

/** Writes down that a fetch was answered by what was kept. */
export const noteKept = (
  { journal }: Asking,
  operation: FetchOperation,
  source: 'cache' | 'stale',
  startedMs: number,
  characters: number,
): void =>
  journal?.add({
    operation,
    variables: '{}',
    startedMs,
    endedMs: performance.now(),
    outcome: 'answered',
    source,
    attempts: 0,
    characters,
  });
