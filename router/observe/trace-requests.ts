import { ERRORS, isErrorCode } from '../../contract/errors.ts';
import type { Span, Tracing } from '../../process/tracing.ts';
import type { HttpRequest } from '../exchange.ts';
import type { CallTracer } from '../execution/call-tracer.ts';
import type { Outcome, Witness } from './observer.ts';
import { operationOf, type RequestTrace, type Trail } from './trail.ts';

/**
 * Begins the trace of a request, which goes on with that of its client. Its spans hold names and numbers,
 * never variables, headers, or the text of a document.
 */
export const traceRequest =
  (tracing: Tracing) =>
  ({ headers }: HttpRequest, startedMs: number): RequestTrace => {
    const span = tracing.begin(headers, {
      name: UNKNOWN,
      kind: 'server',
      startedMs,
      attributes: {},
    });
    return { span, begin: ({ subgraph, kind, path }) => callSpan(span, subgraph, kind, path) };
  };

const UNKNOWN = 'GraphQL Operation';

const callSpan = (request: Span, subgraph: string, kind: string, path: string) => {
  const { traceparent, end } = request.child({
    name: `${subgraph} ${kind}`,
    kind: 'client',
    startedMs: performance.now(),
    attributes: {
      'emporium.subgraph': subgraph,
      'emporium.path': path,
      'graphql.operation.type': kind,
    },
  });
  return {
    traceparent,
    end: ({ endedMs, outcome, attempts, source }) =>
      end({
        endedMs,
        attributes: { 'emporium.attempts': attempts, 'emporium.source': source },
        error: outcome === 'answered' ? null : outcome,
      }),
  } satisfies ReturnType<CallTracer['begin']>;
};

/** Ends the traces of requests; that of a subscription as it is opened, since it may last for days. */
export const endTraces: Witness = {
  opened: (trail) => end(trail, 'answered', performance.now()),
  ended: (trail, { outcome, endedMs, wasOpened }) => {
    if (!wasOpened) end(trail, outcome, endedMs);
  },
  turnedAway: () => {},
  webSockets: () => {},
};

const end = (trail: Trail, outcome: Outcome, endedMs: number): void => {
  const span = trail.trace?.span;
  if (span === undefined) return;
  addStages(span, trail);
  const operation = operationOf(trail);
  span.end({
    endedMs,
    name: operation?.kind ?? UNKNOWN,
    attributes: {
      'emporium.outcome': outcome,
      ...(operation !== null && {
        'graphql.operation.type': operation.kind,
        'emporium.document': operation.document,
      }),
      ...(operation?.name != null && { 'graphql.operation.name': operation.name }),
    },
    // As of an HTTP server: what the client did wrong is no error of its own.
    error: isErrorCode(outcome) && ERRORS[outcome].status >= 500 ? outcome : null,
  });
};

/** They are known only now, each from the end of the one before it. */
const addStages = (span: Span, { passages, startedMs }: Trail): void => {
  let from = startedMs;
  for (const { stage, endedMs } of passages ?? []) {
    const child = span.child({ name: stage, kind: 'internal', startedMs: from, attributes: {} });
    child.end({ endedMs, error: null });
    from = endedMs;
  }
};
