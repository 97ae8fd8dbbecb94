import { AsyncLocalStorage } from 'node:async_hooks';
import type { preHandlerHookHandler } from 'fastify';
import type { Span, Tracing } from '../../process/tracing.ts';

/** What is done in the name of a request finds its span here. */
const current = new AsyncLocalStorage<Span>();

/** Gives a request that the router has sent a span in the router's trace, until it is answered. */
export const traceRequest =
  (tracing: Tracing): preHandlerHookHandler =>
  (request, reply, done) => {
    const span = tracing.begin(request.headers, {
      name: 'GraphQL Operation',
      kind: 'server',
      startedMs: performance.now() - reply.elapsedTime,
      attributes: {},
    });
    reply.raw.once('close', () => {
      const { statusCode } = reply;
      span.end({
        endedMs: performance.now(),
        attributes: { 'http.response.status_code': statusCode },
        error: statusCode >= 500 ? String(statusCode) : null,
      });
    });
    current.run(span, done);
  };

/**
 * Begins a span for a statement of SQL that is sent for a traced request.
 *
 * @returns what ends it
 */
export const traceStatement = (text: string): (() => void) => {
  const span = current.getStore()?.child({
    name: summaryOf(text),
    kind: 'client',
    startedMs: performance.now(),
    attributes: { 'db.system.name': 'postgresql' },
  });
  return () => span?.end({ endedMs: performance.now(), error: null });
};

/** `SELECT Product`: its text stays here, since it may hold values. */
const summaryOf = (text: string): string => {
  const [verb = 'SQL'] = /\w+/.exec(text) ?? [];
  const [, table] = /\b(?:FROM|INTO|UPDATE)\s+((?:"?\w+"?\.)?"?\w+"?)/i.exec(text) ?? [];
  return [verb.toUpperCase(), table?.replaceAll('"', '')].join(' ').trimEnd();
};
