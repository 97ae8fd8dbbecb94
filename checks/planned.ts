import { print } from 'graphql';
import { GUEST } from '../contract/viewer.ts';
import { NO_POLICY } from '../router/authorization/guard.ts';
import { NO_OPERATIONS } from '../router/documents/registered.ts';
import type { CallSubgraph } from '../router/execution/call.ts';
import { Refusal } from '../router/refusal.ts';
import { buildGeneration, type Generation } from '../router/supergraph/generation.ts';
import type { Planner } from '../router/supergraph/planner.ts';
import { prepareOperation, type ReadyOperation } from '../router/supergraph/prepare-operation.ts';
import type { RegisteredOperation } from './operations/read.ts';
import { variablesFor } from './variables.ts';

export const CALLER = { viewer: GUEST, clientAddress: null };

const FINDING = { explorer: true, documentLimits: null };
const WHOLE = { include: [], exclude: [] };
const CACHE_BYTES = 10_000_000;

/**
 * The router's own planner and executor for a supergraph, for whoever may see the most.
 *
 * @param call asks a subgraph; nobody does where operations are planned only
 * @throws SettingsError where the SDL is no supergraph
 */
export const openGeneration = (
  sdl: string,
  planner: Planner,
  call: (subgraph: string) => CallSubgraph,
): Promise<Generation> =>
  buildGeneration(sdl, {
    planner,
    connect: (name) => ({ call: call(name), subscribe: noEvents, eventsFrom: name }),
    ignoreSecurityDirectives: true,
    decidePolicy: NO_POLICY,
    contract: WHOLE,
    registered: NO_OPERATIONS,
    permitClients: () => {},
    cacheStore: null,
    operationCacheBytes: CACHE_BYTES,
  });

const noEvents = (): never => {
  throw new Error('nothing is subscribed to here');
};

/** Why the router would not run an operation. */
export interface Unprepared {
  /** Whether it does not fit the schema. */
  readonly isMisfit: boolean;
  /** In one line. */
  readonly reason: string;
}

/** An operation that can be run, with variables made up for it. */
export interface Prepared extends ReadyOperation {
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Prepares an operation as the router does, with variables by which everything is asked. */
export const prepare = async (
  generation: Generation,
  { document, definition }: RegisteredOperation,
): Promise<Prepared | Unprepared> => {
  const key = { query: print(document), operationName: definition.name?.value ?? null };
  const variables = variablesFor(generation.clients.schema, document, definition);
  const wanted = { key, variables, labels: [], caller: CALLER };
  try {
    return { ...(await prepareOperation(generation, wanted, FINDING)), variables };
  } catch (error) {
    const isMisfit = error instanceof Refusal && error.code === 'GRAPHQL_VALIDATION_FAILED';
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { isMisfit, reason };
  }
};
