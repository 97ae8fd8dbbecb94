import { composeServices } from '@apollo/composition';
import {
  printSchema,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import { buildASTSchema, type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import { amountFor } from '../../../router/cost/amount.ts';
import { compileCost } from '../../../router/cost/compile.ts';
import { type CostFacts, NO_COST_FACTS } from '../../../router/cost/cost-facts.ts';
import { measureCost } from '../../../router/cost/measure.ts';
import { coerceVariables } from '../../../router/supergraph/coerce-variables.ts';
import { resolveConditions } from '../../../router/supergraph/corrections/resolve-conditions.ts';
import { costsOf } from '../../../router/supergraph/costs.ts';

/** A supergraph whose operations can be priced. */
export interface Priceable {
  readonly schema: GraphQLSchema;
  readonly facts: CostFacts;
}

/** Composes a supergraph of one subgraph. */
export const priceable = (sdl: string, imports = '["@cost", "@listSize", "@key"]'): Priceable => {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${imports})`;
  const { supergraphSdl, errors } = composeServices([
    { name: 'one', url: 'http://127.0.0.1:1', typeDefs: parse(`${link} ${sdl}`) },
  ]);
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  return priceableSupergraph(supergraphSdl);
};

export const priceableSupergraph = (sdl: string): Priceable => {
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  const schema = buildASTSchema(parse(printSchema(supergraph.apiSchema())));
  return { schema, facts: costsOf(supergraph) ?? NO_COST_FACTS };
};

interface Asked {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** How long the lists are taken to be that say nothing of their size. */
export const ASSUMED_LIST_SIZE = 7;

const costOf = ({ schema, facts }: Priceable, asked: Asked) => {
  const document = parse(asked.query);
  const [invalid] = validate(schema, document);
  if (invalid !== undefined) throw invalid;
  const operation = getOperationAST(document, asked.operationName);
  if (operation == null) throw new Error('it has no such operation');
  const variables = coerceVariables(schema, operation, asked.variables ?? {});
  const decided = resolveConditions(document, variables);
  const cost = compileCost({
    schema,
    document: decided,
    operation: getOperationAST(decided, asked.operationName) ?? operation,
    facts,
    assumedListSize: ASSUMED_LIST_SIZE,
  });
  return { cost, variables };
};

/** What an operation is expected to cost. */
export const estimated = (within: Priceable, asked: Asked): number => {
  const { cost, variables } = costOf(within, asked);
  return amountFor(cost.expected, variables);
};

/** What an operation did cost that was answered so. */
export const measured = (within: Priceable, asked: Asked, data: unknown): number => {
  const { cost, variables } = costOf(within, asked);
  return measureCost(cost, data, variables);
};
