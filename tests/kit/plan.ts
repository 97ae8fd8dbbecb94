import { readFileSync } from 'node:fs';
import {
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';

/** How many subgraph requests the plan of an operation has, by Apollo's planner. */
export const plannedFetches = (document: { toString(): string }): number => {
  const supergraph = Supergraph.build(readFileSync('supergraph.graphql', 'utf8'), {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  const operation = operationFromDocument(supergraph.apiSchema(), parse(String(document)));
  return countFetches(new QueryPlanner(supergraph).buildQueryPlan(operation));
};

const countFetches = (node: object): number =>
  Object.values(node).reduce(
    (sum: number, value: unknown) =>
      typeof value === 'object' && value !== null ? sum + countFetches(value) : sum,
    Object(node).kind === 'Fetch' ? 1 : 0,
  );
