import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import type { ServiceName } from '../../contract/service-token.ts';
import type { Viewer } from '../../contract/viewer.ts';
import { SettingsError } from '../../process/settings.ts';
import type { DecidePolicy } from '../authorization/guard.ts';
import { createFetchCache } from '../cache/fetch-cache.ts';
import type { CacheStore } from '../cache/store.ts';
import type { RegisteredOperations } from '../documents/registered.ts';
import type { CallSubgraph } from '../execution/call.ts';
import { NO_CACHE } from '../execution/fetch-cache.ts';
import type { Plan } from '../execution/plan.ts';
import type { PlanSetting } from '../execution/steps.ts';
import type { Subscribe } from '../transport/subscribe.ts';
import type { ContractTerms } from './contract/terms.ts';
import type { Planner, PlanRequest, SupergraphFacts } from './planner.ts';
import { clientView, serviceView, type View } from './view.ts';

/** A supergraph that is being served, with everything that depends on it; immutable but for its caches. */
export interface Generation {
  /** SHA-256 of the supergraph's SDL, in hex. */
  readonly id: string;
  readonly sdl: string;
  /** What the viewer sees, and what is prepared for such viewers. */
  readonly viewOf: (viewer: Viewer) => View;
  /** What clients see. */
  readonly clients: View;
  readonly decidePolicy: DecidePolicy;
  readonly facts: SupergraphFacts;
  readonly plan: (request: Omit<PlanRequest, 'sdl'>) => Promise<Plan>;
  /** What plans are compiled with, but for the names of each. */
  readonly setting: Omit<PlanSetting, 'names'>;
  /** The way to a subgraph. */
  readonly link: (subgraph: string) => SubgraphLink;
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
  /** Shows everything to everyone, whatever the supergraph says of who may see what. */
  readonly ignoreSecurityDirectives: boolean;
  readonly decidePolicy: DecidePolicy;
  /** What clients see; services see all. */
  readonly contract: ContractTerms;
  readonly registered: RegisteredOperations;
  /** Refuses clients what they may not ask, though it fits the schema. */
  readonly permitClients: View['permit'];
  /** Where answers of subgraphs are kept; null where none are. */
  readonly cacheStore: CacheStore | null;
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
  const { planner, connect, contract } = options;
  const described = await planner.describe({ sdl, contract }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`It is not a supergraph that can be served. ${inOneLine(reason)}`);
  });
  refuseUnknown(described);
  const facts = options.ignoreSecurityDirectives ? { ...described, guards: {} } : described;
  const links = new Map(facts.subgraphs.map(({ name, url }) => [name, connect(name, url)]));
  const link = (name: string): SubgraphLink => {
    const found = links.get(name);
    if (found === undefined) throw new Error(`the plan asks a subgraph ${name} that is none`);
    return found;
  };
  const { whole, clients, viewOf } = await openViews(facts, options);
  const { cacheStore } = options;
  return {
    id: createHash('sha256').update(sdl).digest('hex'),
    sdl,
    clients,
    viewOf,
    decidePolicy: options.decidePolicy,
    facts,
    plan: (request) => planner.plan({ ...request, sdl }),
    setting: {
      types: facts,
      subgraph: (name) => link(name).call,
      idempotentFields: facts.idempotentFields,
      standIns: new Map(Object.entries(facts.standIns)),
      cache: cacheStore === null ? NO_CACHE : createFetchCache(cacheStore, whole, facts.cacheHints),
    },
    link,
  };
};

/** One for all clients, and one for each service that asks. */
const openViews = async (
  { apiSdl, contractSdl }: SupergraphFacts,
  { registered, permitClients, operationCacheBytes }: GenerationOptions,
): Promise<Pick<Generation, 'clients' | 'viewOf'> & { readonly whole: GraphQLSchema }> => {
  const whole = await readSchema(apiSdl);
  const seen = contractSdl === null ? whole : await readSchema(contractSdl);
  const clients = clientView(seen, operationCacheBytes, permitClients);
  const services = new Map<ServiceName, View>();
  const viewOfService = (name: ServiceName): View => {
    const known = services.get(name) ?? serviceView(whole, registered(name));
    services.set(name, known);
    return known;
  };
  return {
    whole,
    clients,
    viewOf: (viewer) => (viewer.kind === 'service' ? viewOfService(viewer.name) : clients),
  };
};

/** In two turns of the event loop: with thousands of types each takes tens of milliseconds. */
const readSchema = async (sdl: string): Promise<GraphQLSchema> => {
  const document = parse(sdl, { noLocation: true });
  await turn();
  return buildASTSchema(document, { assumeValid: true });
};

/** Without the excerpts from the SDL that graphql-js adds to its messages. */
const inOneLine = (message: string): string =>
  message.replace(/\n+GraphQL request:.*$/s, '').replaceAll(/\s*\n\s*/g, ' ');

/** What is not known may change what is fetched, or say who may see it. */
const refuseUnknown = ({ unknownFeatures }: SupergraphFacts): void => {
  if (unknownFeatures.length === 0) return;
  throw new SettingsError(
    `It uses what this router does not know: ${unknownFeatures.join(', ')}. Compose it without.`,
  );
};
