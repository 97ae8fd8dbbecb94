import { pathText } from '../execution/fetch-operation.ts';
import { type PlanPath, readPath } from '../execution/places.ts';
import type { FetchNode, Plan, PlanNode, SubscriptionNode } from '../execution/plan.ts';

/** A fetch of a plan, and which others have to be over before it begins. */
export interface PlannedFetch {
  readonly subgraph: string;
  readonly query: string;
  readonly path: string;
  /** By their place in the list of all. */
  readonly waitsFor: readonly number[];
}

/** Every fetch of a plan, in the order in which the plan names them. */
export const plannedFetches = ({ node }: Plan): readonly PlannedFetch[] => {
  const fetches: PlannedFetch[] = [];
  /** By id: where it is in the list. */
  const ids = new Map<string, number>();

  const add = (fetch: FetchNode, path: PlanPath, before: Places): Places => {
    const place = fetches.length;
    const { serviceName: subgraph, operation: query, id } = fetch;
    fetches.push({ subgraph, query, path: pathText(path), waitsFor: before });
    if (id !== undefined) ids.set(id, place);
    return [place];
  };

  /** @returns those that what comes after it has to wait for */
  const walk = (
    each: PlanNode | SubscriptionNode | undefined,
    path: PlanPath,
    before: Places,
  ): Places => {
    switch (each?.kind) {
      case undefined:
        return before;
      case 'Fetch':
        return add(each, path, before);
      case 'Flatten':
        return walk(each.node, [...path, ...readPath(each.path)], before);
      case 'Sequence':
        return each.nodes.reduce((done, one) => walk(one, path, done), before);
      case 'Parallel':
        return distinct(each.nodes.flatMap((one) => walk(one, path, before)));
      case 'Condition':
        return distinct([
          ...walk(each.ifClause, path, before),
          ...walk(each.elseClause, path, before),
        ]);
      case 'Defer': {
        const primary = walk(each.primary.node, path, before);
        for (const { node: part, depends } of each.deferred) {
          walk(part, path, distinct(depends.flatMap(({ id }) => ids.get(id) ?? [])));
        }
        return primary;
      }
      case 'Subscription':
        return walk(each.rest, path, walk(each.primary, path, before));
    }
  };

  walk(node, [], []);
  return fetches;
};

type Places = readonly number[];

const distinct = (places: Places): Places => [...new Set(places)];
