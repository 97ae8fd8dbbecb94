import type { FetchOperation } from './fetch-operation.ts';
import type { CallRecord } from './journal.ts';

/** Traces the calls of subgraphs that are made for one request. */
export interface CallTracer {
  readonly begin: (operation: FetchOperation) => CallTrace;
}

/** The trace of one call. */
export interface CallTrace {
  /** Sent along, so that the subgraph goes on with the trace (https://www.w3.org/TR/trace-context/). */
  readonly traceparent: string;
  readonly end: (record: CallRecord) => void;
}

/** One call that is made for several requests, in the trace of each; the subgraph goes on with the first. */
export const traceForAll = (tracers: readonly CallTracer[]): CallTracer | null => {
  const [first, ...others] = tracers;
  if (first === undefined || others.length === 0) return first ?? null;
  return {
    begin: (operation) => {
      const { traceparent, end } = first.begin(operation);
      const rest = others.map((each) => each.begin(operation));
      return {
        traceparent,
        end: (record) => {
          end(record);
          for (const each of rest) each.end(record);
        },
      };
    },
  };
};
