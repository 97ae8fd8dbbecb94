import type { Span } from '../../process/tracing.ts';
import type { Executed, HttpRequest, Prepared } from '../exchange.ts';
import type { Answer } from '../execution/answer.ts';
import type { CallTracer } from '../execution/call-tracer.ts';
import type { CallRecord } from '../execution/journal.ts';

/** A stage that a request has passed, and when; as of `performance.now()`. */
export interface Passage {
  readonly stage: string;
  readonly endedMs: number;
}

/**
 * How far a request came, written down on its way, so that whoever watches can tell of it at its end,
 * also where a stage refused it.
 */
export interface Trail {
  readonly http: HttpRequest;
  /** As of `performance.now()`. */
  readonly startedMs: number;
  /** What the last stage that it passed has handed on. */
  reached: Partial<Executed>;
  /** Every stage that it passed; null where nobody wants to know. */
  readonly passages: Passage[] | null;
  /** Null where it is not traced. */
  readonly trace: RequestTrace | null;
  /** Whether its client asked how the answer came about. */
  readonly isExplained: boolean;
}

/** The trace of one request: a span of its own, and one for each call of a subgraph. */
export interface RequestTrace extends CallTracer {
  readonly span: Span;
}

/** Writes down that a request has passed a stage, with what that handed on. */
export const passed = <Reached extends Partial<Executed>>(
  trail: Trail,
  stage: string,
  reached: Reached,
): Reached => {
  trail.reached = reached;
  trail.passages?.push({ stage, endedMs: performance.now() });
  return reached;
};

/** What is known of the operation; null where no stage has found one that fits the schema. */
export const operationOf = ({ reached: { asked } }: Trail): OperationFacts | null => {
  if (asked === undefined) return null;
  const { operation, hash } = asked.cached.parsed;
  return {
    kind: operation.operation,
    name: operation.name?.value.slice(0, MAX_NAME) ?? null,
    document: hash,
  };
};

interface OperationFacts {
  readonly kind: Prepared['asked']['operation']['operation'];
  readonly name: string | null;
  readonly document: string;
}

/** Names are the client's, and may be as long as a document. */
const MAX_NAME = 100;

/** Whether the plan was there already; null where the request did not come so far. */
export const wasKept = ({ reached, startedMs }: Trail): boolean | null =>
  reached.prepared === undefined ? null : reached.prepared.preparedMs < startedMs;

/** Its answer, or the first part of one; null where there is none, or many. */
export const answerOf = ({ reached: { outcome } }: Trail): Answer | null => {
  if (outcome === undefined || outcome.kind === 'events') return null;
  return outcome.kind === 'single' ? outcome.answer : outcome.first;
};

/** What was asked of subgraphs for it, so far. */
export const callsOf = ({ reached }: Trail): readonly CallRecord[] => reached.journal?.calls ?? [];
