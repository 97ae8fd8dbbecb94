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
  const { request, caller, flags, generation, key } = prepared;
  const { variables } = request;
  const { compiled } = prepared.prepared;
  if (compiled.kind === 'request') {
    return { ...prepared, outcome: await compiled.run(caller, variables, flags) };
  }
  const link = generation.link(compiled.source.subgraph);
  const events = subscriptions.open({ key, caller, variables }, { compiled, link, flags });
  return { ...prepared, outcome: { kind: 'events', events } };
};
