import { breathe } from '../admission/breath.ts';
import type { Asking } from '../execution/asking.ts';
import type { CallSubgraph, SubgraphAnswer } from '../execution/call.ts';
import type { CallRecord } from '../execution/journal.ts';
import type { Ask, Call } from './ask.ts';
import { type SubgraphFailure, subgraphFailure, UNWANTED } from './failure.ts';

/** Is told of every call as it begins and as it ends, and why it failed where it did. */
export interface CallObserver {
  readonly begun: (subgraph: string) => void;
  readonly ended: (record: CallRecord, failure: SubgraphFailure | null) => void;
}

/**
 * The outermost layer: begins a call, unless nobody waits for it any more, and writes down what came
 * of it.
 */
export const record =
  (next: Ask, timeoutMs: number, observer: CallObserver): CallSubgraph =>
  (asking, operation, variables, entities) => {
    if (asking.departure?.hasLeft() === true) return Promise.reject(UNWANTED);
    observer.begun(operation.subgraph);
    const startedMs = performance.now();
    const trace = asking.trace?.begin(operation) ?? null;
    const call: Call = {
      asking,
      operation,
      variables,
      deadlineMs: startedMs + timeoutMs,
      attempts: 0,
      lastReplica: null,
      source: 'subgraph',
      traceparent: trace === null ? null : trace.traceparent,
    };
    const end = (failure: SubgraphFailure | null, characters: number | null): void => {
      const ended: CallRecord = {
        operation,
        entities,
        startedMs,
        endedMs: performance.now(),
        outcome: failure === null ? 'answered' : failure.code,
        source: call.source,
        attempts: call.attempts,
        characters,
      };
      asking.journal?.add(ended);
      trace?.end(ended);
      observer.ended(ended, failure);
    };
    return next(call).then(
      (answer) => {
        end(null, typeof answer === 'string' ? answer.length : null);
        // What is made of it takes time, which nobody has who left meanwhile.
        const turn = breathe();
        return turn === undefined ? answer : turn.then(() => wanted(asking, answer));
      },
      (error: unknown) => {
        const failure = subgraphFailure(error);
        end(failure, null);
        throw failure;
      },
    );
  };

/** @throws SubgraphFailure where nobody waits for it any more */
const wanted = (asking: Asking, answer: SubgraphAnswer): SubgraphAnswer => {
  if (asking.departure?.hasLeft() === true) throw UNWANTED;
  return answer;
};
