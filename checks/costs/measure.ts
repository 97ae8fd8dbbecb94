import type {
  FetchNode,
  Plan,
  PlanNode,
  QueryPlanSelectionNode,
} from '../../router/execution/plan.ts';

/** What a plan takes. */
export interface PlanCost {
  /** Requests to subgraphs. */
  readonly fetches: number;
  /** How many of them come one after the other. */
  readonly depth: number;
  /** How many ask for entities that other subgraphs told of: each is a hop from one subgraph to another. */
  readonly entities: number;
}

export const MEASURES = [
  'fetches',
  'depth',
  'entities',
] as const satisfies readonly (keyof PlanCost)[];

/** One fetch of a plan. */
export interface PlannedFetch {
  /** From 1: fetches of one step wait for those of the steps before it. */
  readonly step: number;
  readonly subgraph: string;
  /** The entities that it asks for; none where it asks for root fields. */
  readonly types: readonly string[];
  /** Where in the answer: `products.nodes.seller`. */
  readonly at: string;
}

type Node = PlanNode | Plan['node'];

/** The fetches of a plan, in the order of their steps. */
export const fetchesIn = ({ node }: Plan): readonly PlannedFetch[] =>
  walk(node, '', 1).fetches.toSorted((one, other) => one.step - other.step);

export const costOf = (plan: Plan): PlanCost => {
  const fetches = fetchesIn(plan);
  return {
    fetches: fetches.length,
    depth: Math.max(0, ...fetches.map(({ step }) => step)),
    entities: fetches.filter(({ types }) => types.length > 0).length,
  };
};

interface Walked {
  readonly fetches: readonly PlannedFetch[];
  /** The step that comes after it. */
  readonly next: number;
}

const walk = (node: Node, at: string, step: number): Walked => {
  switch (node?.kind) {
    case undefined:
      return { fetches: [], next: step };
    case 'Fetch':
      return { fetches: [planned(node, at, step)], next: step + 1 };
    case 'Flatten':
      return walk(node.node, joined(at, node.path), step);
    case 'Sequence':
      return inTurn(node.nodes, at, step);
    case 'Parallel':
      return atOnce(node.nodes, at, step);
    case 'Condition':
      return atOnce([node.ifClause, node.elseClause], at, step);
    case 'Defer': {
      const first = walk(node.primary.node, at, step);
      const later = atOnce(
        node.deferred.map((each) => each.node),
        at,
        first.next,
      );
      return { fetches: [...first.fetches, ...later.fetches], next: later.next };
    }
    case 'Subscription':
      return inTurn([node.primary, node.rest], at, step);
  }
};

const inTurn = (nodes: readonly Node[], at: string, step: number): Walked =>
  nodes.reduce<Walked>(
    ({ fetches, next }, node) => {
      const walked = walk(node, at, next);
      return { fetches: [...fetches, ...walked.fetches], next: walked.next };
    },
    { fetches: [], next: step },
  );

const atOnce = (nodes: readonly Node[], at: string, step: number): Walked => {
  const walked = nodes.map((node) => walk(node, at, step));
  return {
    fetches: walked.flatMap(({ fetches }) => fetches),
    next: Math.max(step, ...walked.map(({ next }) => next)),
  };
};

const planned = (
  { serviceName, requires = [] }: FetchNode,
  at: string,
  step: number,
): PlannedFetch => ({
  step,
  subgraph: serviceName,
  types: [...new Set(requires.flatMap(typeOf))],
  at,
});

const typeOf = (selection: QueryPlanSelectionNode): readonly string[] =>
  'typeCondition' in selection && selection.typeCondition !== undefined
    ? [selection.typeCondition]
    : [];

const joined = (at: string, path: readonly (string | number)[]): string =>
  [at, ...path.filter((part) => part !== '@')].filter(Boolean).join('.');
