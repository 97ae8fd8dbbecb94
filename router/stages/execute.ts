import { viewerTag } from '../cache/audience.ts';
import type { CacheStore } from '../cache/store.ts';
import type { Executed, Prepared } from '../exchange.ts';
import type { Answer } from '../execution/answer.ts';
import type { Asking } from '../execution/asking.ts';
import type { CallTracer } from '../execution/call-tracer.ts';
import type { CallRecord } from '../execution/journal.ts';
import type { Outcome } from '../execution/operation.ts';
import type { Degraded } from '../execution/stand-ins.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';

/** What the stage needs of the router. */
export interface Executing {
  readonly subscriptions: Subscriptions;
  readonly cacheStore: CacheStore | null;
}

/**
 * Runs the operation's plan: asks the subgraphs, gathers what they say, makes the answer of it. Of a
 * subscription it opens the source of the events, each of which is an answer.
 */
export const execute = async (
  prepared: Prepared,
  { subscriptions, cacheStore }: Executing,
  trace: CallTracer | null = null,
): Promise<Executed> => {
  const { generation, asked, caller, wanted } = prepared;
  const { flags, operation } = asked;
  const { compiled } = prepared.prepared;
  if (compiled.kind === 'events') {
    const link = generation.link(compiled.source.subgraph);
    const events = subscriptions.open(wanted, { compiled, link, flags });
    return { ...prepared, outcome: { kind: 'events', events } };
  }
  const outcome = await compiled.run(askingOf(prepared, trace), wanted.variables, flags);
  // Guests share what is kept for them, and change nothing of it.
  if (operation.operation === 'mutation' && caller.viewer.kind !== 'guest') {
    await cacheStore?.invalidate([viewerTag(caller.viewer)]);
  }
  return { ...prepared, outcome: withLastGood(outcome, prepared.journal.calls) };
};

/** What changes something is done to the end, whoever leaves meanwhile, and sees how things are then. */
const askingOf = ({ caller, asked, http, journal }: Prepared, trace: CallTracer | null): Asking => {
  const isQuery = asked.operation.operation === 'query';
  return { caller, departure: isQuery ? http.departure : null, takesKept: isQuery, journal, trace };
};

/** What was kept from before and stood in for a subgraph that failed is told with the answer. */
const withLastGood = (outcome: Outcome, calls: readonly CallRecord[]): Outcome => {
  const lastGood = calls.flatMap(({ source, operation, outcome: code }): readonly Degraded[] => {
    if (source !== 'stale') return [];
    const path = operation.path === '' ? [] : operation.path.split('.');
    return [{ path, service: operation.subgraph, code, standIn: 'LAST_GOOD' }];
  });
  if (lastGood.length === 0) return outcome;
  const tell = (answer: Answer): Answer => ({
    ...answer,
    degraded: [...answer.degraded, ...lastGood],
  });
  return outcome.kind === 'single'
    ? { ...outcome, answer: tell(outcome.answer) }
    : { ...outcome, first: tell(outcome.first) };
};
