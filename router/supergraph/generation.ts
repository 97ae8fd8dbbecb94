import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { SettingsError } from '../../process/settings.ts';
import type { CallSubgraph } from '../execution/call.ts';
import type { Plan } from '../execution/plan.ts';
import type { PlanSetting } from '../execution/steps.ts';
import type { Subscribe } from '../transport/subscribe.ts';
import { createOperationCache, type OperationCache } from './operation-cache.ts';
import type { Planner, PlanRequest, SupergraphFacts } from './planner.ts';

/** A supergraph that is being served, with everything that depends on it; immutable but for its caches. */
export interface Generation {
  /** SHA-256 of the supergraph's SDL, in hex. */
  readonly id: string;
  readonly sdl: string;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly facts: SupergraphFacts;
  readonly plan: (request: Omit<PlanRequest, 'sdl'>) => Promise<Plan>;
  /** What plans are compiled with, but for the names of each. */
  readonly setting: Omit<PlanSetting, 'names'>;
  /** The way to a subgraph. */
  readonly link: (subgraph: string) => SubgraphLink;
  readonly operations: OperationCache;
}

/** The way to one subgraph. */
export interface SubgraphLink {
  readonly call: CallSubgraph;
  readonly subscribe: Subscribe;
  /** Where its events come from: the same place gives the same events. */
  readonly eventsFrom: string;
}

/** Finds the way to a subgraph by its name and the routing URL that the supergraph gives it. */
export type SubgraphConnector = (name: string, routingUrl: string) => SubgraphLink;

export interface GenerationOptions {
  readonly planner: Planner;
  readonly connect: SubgraphConnector;
  /** Serves a supergraph although it says who may see what, which the router does not enforce. */
  readonly ignoreSecurityDirectives: boolean;
  /** What prepared operations may weigh together, in bytes as far as that can be estimated. */
  readonly operationCacheBytes: number;
}

/**
 * Builds what serves a supergraph.
 *
 * @throws SettingsError where the SDL is no supergraph, or asks for what the router does not do
 */
export const buildGeneration = async (
  sdl: string,
  options: GenerationOptions,
): Promise<Generation> => {
  const { planner, connect } = options;
  const facts = await planner.describe(sdl).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`It is not a supergraph that can be served. ${inOneLine(reason)}`);
  });
  refuseUnenforced(facts, options);
  const links = new Map(facts.subgraphs.map(({ name, url }) => [name, connect(name, url)]));
  const link = (name: string): SubgraphLink => {
    const found = links.get(name);
    if (found === undefined) throw new Error(`the plan asks a subgraph ${name} that is none`);
    return found;
  };
  return {
    id: createHash('sha256').update(sdl).digest('hex'),
    sdl,
    schema: await readSchema(facts),
    facts,
    plan: (request) => planner.plan({ ...request, sdl }),
    setting: { types: facts, subgraph: (name) => link(name).call },
    link,
    operations: createOperationCache(options.operationCacheBytes),
  };
};

/** In two turns of the event loop: with thousands of types each takes tens of milliseconds. */
const readSchema = async ({ apiSdl }: SupergraphFacts): Promise<GraphQLSchema> => {
  const document = parse(apiSdl, { noLocation: true });
  await turn();
  return buildASTSchema(document, { assumeValid: true });
};

/** Without the excerpts from the SDL that graphql-js adds to its messages. */
const inOneLine = (message: string): string =>
  message.replace(/\n+GraphQL request:.*$/s, '').replaceAll(/\s*\n\s*/g, ' ');

/** To serve such a supergraph in silence would show everyone what it means to hide. */
const refuseUnenforced = (facts: SupergraphFacts, options: GenerationOptions): void => {
  const { securityDirectives, unknownFeatures } = facts;
  if (unknownFeatures.length > 0) {
    throw new SettingsError(
      `It uses what this router does not know: ${unknownFeatures.join(', ')}. Compose it without.`,
    );
  }
  if (securityDirectives.length === 0 || options.ignoreSecurityDirectives) return;
  const names = securityDirectives.map((name) => `@${name}`).join(', ');
  throw new SettingsError(
    `It uses ${names}, which this router does not enforce yet: everyone would see those fields. Set SECURITY_DIRECTIVES=ignore where something else guards them.`,
  );
};
