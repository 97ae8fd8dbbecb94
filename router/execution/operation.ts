import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Caller } from '../../contract/viewer.ts';
import { type Answer, compileAnswers } from './answer.ts';
import { createServiceAt } from './explain.ts';
import type { Plan } from './plan.ts';
import { startRun, type Variables } from './run.ts';
import { compileSteps, type PlanSetting } from './steps.ts';

/** What an operation is compiled from. */
export interface OperationSource {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly plan: Plan;
}

/** An operation ready to be run, any number of times. */
export interface CompiledOperation {
  readonly run: (caller: Caller, variables: Variables, flags: Variables) => Promise<Answer>;
}

/** Compiles a plan and the answer's shape into what runs them. */
export const compileOperation = (
  source: OperationSource,
  setting: PlanSetting,
): CompiledOperation => {
  const { plan } = source;
  const serviceAt = createServiceAt(plan, setting.types);
  const answerOf = compileAnswers({ ...source, serviceAt });
  if (plan.node?.kind === 'Subscription') throw new Error('not yet');
  const steps = compileSteps(plan.node, setting);
  return {
    run: async (caller, variables, flags) => {
      const run = startRun(caller, variables, flags);
      await steps(run);
      return answerOf(run);
    },
  };
};
