import {
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLSchema, parse, visit } from 'graphql';

export interface Planner {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** All types of all subgraphs, to tell which object types an abstract type has. */
  readonly supergraphSchema: GraphQLSchema;
  readonly plan: (document: DocumentNode, operationName: string | undefined) => QueryPlan;
}

/**
 * Apollo's planner for a supergraph.
 *
 * @param overrideLabels the labels of progressive `@override` that are on; the others are off.
 */
export const createPlanner = (
  supergraphSdl: string,
  overrideLabels: readonly string[],
): Planner => {
  const supergraph = Supergraph.build(supergraphSdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  const planner = new QueryPlanner(supergraph, { typeConditionedFetching: true });
  const overrideConditions = new Map(
    labelsIn(supergraphSdl).map((label) => [label, overrideLabels.includes(label)]),
  );
  return {
    apiSchema: supergraph.apiSchema().toGraphQLJSSchema(),
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    plan: (document, operationName) => {
      const options = operationName === undefined ? {} : { operationName };
      const operation = operationFromDocument(supergraph.apiSchema(), document, options);
      return planner.buildQueryPlan(operation, { overrideConditions });
    },
  };
};

/** The labels that fields of the supergraph are overridden by. */
const labelsIn = (supergraphSdl: string): string[] => {
  const labels = new Set<string>();
  visit(parse(supergraphSdl), {
    Argument: ({ name, value }) => {
      if (name.value === 'overrideLabel' && value.kind === 'StringValue') labels.add(value.value);
    },
  });
  return [...labels];
};
