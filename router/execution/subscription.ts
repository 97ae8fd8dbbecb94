import type { Answer } from './answer.ts';
import type { Asking } from './asking.ts';
import type { SubgraphResult } from './call.ts';
import { settleRoot, usedVariables } from './fetch.ts';
import { type FetchOperation, fetchOperation } from './fetch-operation.ts';
import type { SubscriptionNode } from './plan.ts';
import { type Run, startRun, type Variables } from './run.ts';
import { compileSteps, type PlanSetting } from './steps.ts';

/** A subscription ready to be opened: where its events come from, and what is made of each. */
export interface CompiledSubscription {
  /** What the subgraph of the events is asked. */
  readonly source: FetchOperation;
  /** The JSON text of the source's variables. */
  readonly sourceVariables: (variables: Variables) => string;
  /** Completes an event with what other subgraphs know. */
  readonly answer: (
    event: SubgraphResult,
    asking: Asking,
    variables: Variables,
    flags: Variables,
  ) => Promise<Answer>;
}

export const compileSubscription = (
  { primary, rest }: SubscriptionNode,
  answer: (run: Run) => Answer,
  setting: PlanSetting,
): CompiledSubscription => {
  const steps = compileSteps(rest, setting);
  const settle = settleRoot(primary, [], setting.types, setting.names);
  return {
    source: fetchOperation(primary, [], setting.idempotentFields),
    sourceVariables: (variables) => usedVariables(primary, setting.names, variables),
    answer: async (event, asking, variables, flags) => {
      const run = startRun(asking, variables, flags);
      settle(run, [run.data], event);
      await steps(run);
      return answer(run);
    },
  };
};
