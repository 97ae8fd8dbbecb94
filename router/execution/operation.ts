import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { type Answer, compileSelection } from './answer.ts';
import type { Asking } from './asking.ts';
import { compileDefer, type DeferredAnswers } from './deferred.ts';
import { createServiceAt } from './explain.ts';
import type { Plan, PlanNode } from './plan.ts';
import { type Run, startRun, type Variables } from './run.ts';
import { compileSplicing } from './splicing.ts';
import { compileSteps, type PlanSetting } from './steps.ts';
import { type CompiledSubscription, compileSubscription } from './subscription.ts';

/** What an operation is compiled from; its conditions have been decided. */
export interface OperationSource {
  readonly schema: GraphQLSchema;
  /** With labels as `labelDeferred` gives them. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly plan: Plan;
}

/** What came of an operation. */
export type Outcome =
  | { readonly kind: 'single'; readonly answer: Answer }
  | ({ readonly kind: 'incremental' } & DeferredAnswers);

/** Runs an operation. */
export type RunOperation = (
  asking: Asking,
  variables: Variables,
  flags: Variables,
) => Promise<Outcome>;

/** An operation ready to be run, any number of times; its kind is that of what comes of it. */
export type CompiledOperation =
  | { readonly kind: 'single' | 'incremental'; readonly run: RunOperation }
  | ({ readonly kind: 'events' } & CompiledSubscription);

/** Compiles a plan and the answer's shape into what runs them. */
export const compileOperation = (
  source: OperationSource,
  setting: PlanSetting,
): CompiledOperation => {
  const { schema, operation, plan } = source;
  const { names, standIns } = setting;
  const root = schema.getRootType(operation.operation);
  // Validated: the schema has the operation's type.
  if (root == null) throw new Error(`The schema has no ${operation.operation}s.`);
  const serviceAt = createServiceAt(plan, setting.types, names);
  const compile = (node: PlanNode | undefined) => compileSteps(node, setting);

  if (plan.node?.kind === 'Defer') {
    const defer = compileDefer(plan.node, root, { ...source, names, serviceAt, standIns, compile });
    const run: RunOperation = async (...given) => ({
      kind: 'incremental',
      ...(await defer(startRun(...given))),
    });
    return { kind: 'incremental', run };
  }
  const select = compileSelection({ ...source, names, serviceAt, standIns, defers: false });
  const answer = (run: Run): Answer => select(run).answer(root, run.data, run, []);
  if (plan.node?.kind === 'Subscription') {
    return { kind: 'events', ...compileSubscription(plan.node, answer, setting) };
  }
  const steps = compileSteps(plan.node, {
    ...setting,
    splicing: compileSplicing(plan.node, { ...source, names }),
  });
  const run: RunOperation = async (...given) => {
    const started = startRun(...given);
    await steps(started);
    return { kind: 'single', answer: answer(started) };
  };
  return { kind: 'single', run };
};
