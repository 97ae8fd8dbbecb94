import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { composeSchemas } from '../composition/compose.ts';
import type { SubgraphSchema } from '../composition/definitions.ts';
import type { Problem } from '../composition/problem.ts';
import type { ContractTerms } from '../router/supergraph/contract/terms.ts';
import type { Planner, SupergraphFacts } from '../router/supergraph/planner.ts';

/** One side of the comparison, before the change or after it: a supergraph, and what it is made of. */
export interface Side {
  /** Supergraph SDL. */
  readonly sdl: string;
  /** None where only the supergraph was given. */
  readonly subgraphs: readonly SubgraphSchema[];
  readonly hints: readonly Problem[];
  readonly facts: SupergraphFacts;
  /** What services see: the whole API. */
  readonly whole: GraphQLSchema;
  /** What clients see. */
  readonly clients: GraphQLSchema;
}

/** What a side is opened with. */
export interface Opening {
  readonly planner: Pick<Planner, 'describe'>;
  /** What clients see. */
  readonly contract: ContractTerms;
}

/** Subgraphs that do not compose. */
export interface NotComposed {
  readonly subgraphs: readonly SubgraphSchema[];
  readonly problems: readonly Problem[];
}

/** Composes subgraphs, and reads what came of it. */
export const openSubgraphs = async (
  subgraphs: readonly SubgraphSchema[],
  opening: Opening,
): Promise<Side | NotComposed> => {
  const composed = composeSchemas(subgraphs);
  if ('problems' in composed) return { subgraphs, problems: composed.problems };
  const opened = await openSupergraph(composed.supergraph, opening);
  return { ...opened, subgraphs, hints: composed.hints };
};

/** @throws GraphQLError where it is no supergraph */
export const openSupergraph = async (
  sdl: string,
  { planner, contract }: Opening,
): Promise<Side> => {
  const facts = await planner.describe({ sdl, contract });
  const whole = schemaOf(facts.apiSdl);
  const clients = facts.contractSdl === null ? whole : schemaOf(facts.contractSdl);
  return { sdl, subgraphs: [], hints: [], facts, whole, clients };
};

const schemaOf = (sdl: string): GraphQLSchema =>
  buildASTSchema(parse(sdl, { noLocation: true }), { assumeValid: true });
