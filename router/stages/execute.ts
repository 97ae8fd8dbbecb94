import type { Executed, Prepared } from '../exchange.ts';
import type { Asking } from '../execution/asking.ts';
import type { CallTracer } from '../execution/call-tracer.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';

/**
 * Runs the operation's plan: asks the subgraphs, gathers what they say, makes the answer of it. Of a
 * subscription it opens the source of the events, each of which is an answer.
 */
export const execute = async (
  prepared: Prepared,
  subscriptions: Subscriptions,
  trace: CallTracer | null = null,
): Promise<Executed> => {
  const { flags, generation, wanted } = prepared;
  const { compiled } = prepared.prepared;
  if (compiled.kind !== 'events') {
    return {
      ...prepared,
      outcome: await compiled.run(askingOf(prepared, trace), wanted.variables, flags),
    };
  }
  const link = generation.link(compiled.source.subgraph);
  const events = subscriptions.open(wanted, { compiled, link, flags });
  return { ...prepared, outcome: { kind: 'events', events } };
};

/** What changes something is done to the end, whoever leaves meanwhile. */
const askingOf = (
  { caller, operation, http, journal }: Prepared,
  trace: CallTracer | null,
): Asking => ({
  caller,
  departure: operation.operation === 'query' ? http.departure : null,
  journal,
  trace,
});
