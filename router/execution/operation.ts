import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Caller } from '../../contract/viewer.ts';
import { type Answer, compileSelection } from './answer.ts';
import { compileDefer, type DeferredAnswers } from './deferred.ts';
import { createServiceAt } from './explain.ts';
import type { Plan, PlanNode } from './plan.ts';
import { type Run, startRun, type Variables } from './run.ts';
import { compileSplicing } from './splicing.ts';
import { compileSteps, type PlanSetting } from './steps.ts';
import { type CompiledSubscription, compileSubscription } from './subscription.ts';

/** What an operation is compiled from. */
export interface OperationSource {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly plan: Plan;
}

/** What came of an operation. */
export type Outcome =
  | { readonly kind: 'single'; readonly answer: Answer }
  | ({ readonly kind: 'incremental' } & DeferredAnswers);

/** An operation ready to be run, any number of times. */
export type CompiledOperation =
  | {
      readonly kind: 'request';
      /** Whether parts of the answer come later, for these variables. */
      readonly isDeferred: (flags: Variables) => boolean;
      readonly run: (caller: Caller, variables: Variables, flags: Variables) => Promise<Outcome>;
    }
  | ({ readonly kind: 'subscription' } & CompiledSubscription);

/** Compiles a plan and the answer's shape into what runs them. */
export const compileOperation = (
  source: OperationSource,
  setting: PlanSetting,
): CompiledOperation => {
  const { schema, operation, plan } = source;
  const root = schema.getRootType(operation.operation);
  // Validated: the schema has the operation's type.
  if (root == null) throw new Error(`The schema has no ${operation.operation}s.`);
  const serviceAt = createServiceAt(plan, setting.types);
  const select = compileSelection({ ...source, serviceAt });
  const answer = (run: Run): Answer => select(run).answer(root, run.data, run, []);
  if (plan.node?.kind === 'Subscription') {
    return { kind: 'subscription', ...compileSubscription(plan.node, answer, setting) };
  }
  const compile = (node: PlanNode | undefined) => compileSteps(node, setting);
  const compileWhole = (node: PlanNode | undefined) =>
    compileSteps(node, { ...setting, splicing: compileSplicing(node, source) });
  const way = compileWay(plan.node, (node) =>
    node?.kind === 'Defer'
      ? { defers: true, run: incremental(compileDefer(node, root, { schema, serviceAt, compile })) }
      : { defers: false, run: single(compileWhole(node), answer) },
  );
  return {
    kind: 'request',
    isDeferred: (flags) => way(flags).defers,
    run: (caller, variables, flags) => way(flags).run(startRun(caller, variables, flags)),
  };
};

/** One way to run an operation. */
interface Way {
  readonly defers: boolean;
  readonly run: (run: Run) => Promise<Outcome>;
}

/** `@defer(if: $variable)` gives a plan with a branch for each value, at its root. */
const compileWay = (
  node: PlanNode | undefined,
  compile: (node: PlanNode | undefined) => Way,
): ((flags: Variables) => Way) => {
  if (node?.kind !== 'Condition' || !deferSomewhere(node)) {
    const way = compile(node);
    return () => way;
  }
  const yes = compileWay(node.ifClause, compile);
  const no = compileWay(node.elseClause, compile);
  return (flags) => (flags[node.condition] === true ? yes : no)(flags);
};

const deferSomewhere = (node: PlanNode | undefined): boolean =>
  node?.kind === 'Defer' ||
  (node?.kind === 'Condition' &&
    (deferSomewhere(node.ifClause) || deferSomewhere(node.elseClause)));

const incremental =
  (defer: (run: Run) => Promise<DeferredAnswers>): Way['run'] =>
  async (run) => ({ kind: 'incremental', ...(await defer(run)) });

const single =
  (step: (run: Run) => Promise<void> | undefined, answer: (run: Run) => Answer): Way['run'] =>
  async (run) => {
    await step(run);
    return { kind: 'single', answer: answer(run) };
  };
