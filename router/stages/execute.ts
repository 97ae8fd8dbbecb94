import type { Executed, Prepared } from '../exchange.ts';

/** Runs the operation's plan: asks the subgraphs, gathers what they say, makes the answer of it. */
export const execute = async (prepared: Prepared): Promise<Executed> => {
  const { request, caller, flags } = prepared;
  const { compiled } = prepared.prepared;
  if (compiled.kind === 'subscription') throw new Error('to come');
  return { ...prepared, outcome: await compiled.run(caller, request.variables, flags) };
};
