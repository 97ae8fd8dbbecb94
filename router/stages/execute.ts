import type { Executed, Prepared } from '../exchange.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';

/**
 * Runs the operation's plan: asks the subgraphs, gathers what they say, makes the answer of it. Of a
 * subscription it opens the source of the events, each of which is an answer.
 */
export const execute = async (
  prepared: Prepared,
  subscriptions: Subscriptions,
): Promise<Executed> => {
  const { caller, generation, wanted, asked } = prepared;
  const { flags } = asked;
  const { compiled } = prepared.prepared;
  if (compiled.kind !== 'events') {
    return { ...prepared, outcome: await compiled.run(caller, wanted.variables, flags) };
  }
  const link = generation.link(compiled.source.subgraph);
  const events = subscriptions.open(wanted, { compiled, link, flags });
  return { ...prepared, outcome: { kind: 'events', events } };
};
