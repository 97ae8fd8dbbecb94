import type {
  FetchNode,
  PlanNode,
  QueryPlan,
  QueryPlanFieldNode,
  SubscriptionNode,
} from '@apollo/query-planner';

// Apollo's plan language, as its planner gives it; here it always came as JSON.
export type {
  DeferNode,
  FetchDataKeyRenamer,
  FetchDataRewrite,
  FetchNode,
  PlanNode,
  QueryPlan,
  QueryPlanFieldNode,
  QueryPlanSelectionNode,
  SubscriptionNode,
} from '@apollo/query-planner';

/** The name that a required field has in the data gathered so far. */
export const responseNameOf = ({ alias, name }: QueryPlanFieldNode): string => alias ?? name;

/** Every fetch of a plan, with the path of the entities that it is for. */
export const fetchesOf = (
  node: PlanNode | SubscriptionNode | undefined,
  path: readonly (string | number)[] = [],
): readonly { readonly fetch: FetchNode; readonly path: readonly (string | number)[] }[] => {
  switch (node?.kind) {
    case undefined:
      return [];
    case 'Fetch':
      return [{ fetch: node, path }];
    case 'Flatten':
      return fetchesOf(node.node, [...path, ...node.path]);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((each) => fetchesOf(each, path));
    case 'Condition':
      return [...fetchesOf(node.ifClause, path), ...fetchesOf(node.elseClause, path)];
    case 'Defer':
      return [node.primary, ...node.deferred].flatMap((each) => fetchesOf(each.node, path));
    case 'Subscription':
      return [...fetchesOf(node.primary, path), ...fetchesOf(node.rest, path)];
  }
};

export type Plan = QueryPlan;
