import type { Executed, Prepared } from '../exchange.ts';

/** Runs the operation's plan: asks the subgraphs, gathers what they say, makes the answer of it. */
export const execute = async (prepared: Prepared): Promise<Executed> => {
  const { request, caller, flags } = prepared;
  const answer = await prepared.prepared.compiled.run(caller, request.variables, flags);
  return { ...prepared, answer };
};
