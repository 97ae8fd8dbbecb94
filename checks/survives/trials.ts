import { print } from 'graphql';
import { GUEST } from '../../contract/viewer.ts';
import { NO_POLICY } from '../../router/authorization/guard.ts';
import { NO_OPERATIONS } from '../../router/documents/registered.ts';
import type { CallSubgraph } from '../../router/execution/call.ts';
import { type FetchNode, fetchesOf } from '../../router/execution/plan.ts';
import { buildGeneration } from '../../router/supergraph/generation.ts';
import type { Planner } from '../../router/supergraph/planner.ts';
import { prepareOperation } from '../../router/supergraph/prepare-operation.ts';
import { SubgraphFailure } from '../../router/transport/failure.ts';
import type { RegisteredOperation } from '../operations/read.ts';
import { type Answered, gather } from './answer.ts';
import { mocksOf } from './subgraphs.ts';
import { variablesFor } from './variables.ts';

/** An operation that can be run, any number of times but one at a time. */
export interface Trial {
  readonly fetches: readonly FetchNode[];
  /** Runs it while one subgraph is down, or none. */
  readonly run: (down: string | null) => Promise<Answered>;
}

/** A supergraph whose subgraphs are mocks, in this process. */
export interface Trials {
  readonly subgraphs: readonly string[];
  /** @returns why not, where the router would not run it */
  readonly prepare: (operation: RegisteredOperation) => Promise<Trial | string>;
}

const CALLER = { viewer: GUEST, clientAddress: null };
const ASKING = { caller: CALLER, departure: null, takesKept: false, journal: null, trace: null };
const FINDING = { explorer: true, documentLimits: null };

/**
 * Puts the router's planner and executor before mocks of all subgraphs.
 *
 * @throws SettingsError where the SDL is no supergraph
 */
export const openTrials = async (sdl: string, planner: Planner): Promise<Trials> => {
  const mocks = mocksOf(sdl);
  let isDown: string | null = null;
  const call =
    (name: string): CallSubgraph =>
    async (_asking, { query, operationName }, variables) => {
      const mock = mocks.get(name);
      if (mock === undefined || name === isDown) {
        throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', null);
      }
      const request = { query, operationName, variables: JSON.parse(variables) };
      return JSON.stringify(await mock.execute(request));
    };
  const generation = await buildGeneration(sdl, {
    planner,
    connect: (name) => ({ call: call(name), subscribe: noEvents, eventsFrom: name }),
    // Who may see what is not asked here; whoever may sees the most, and has the most to lose.
    ignoreSecurityDirectives: true,
    decidePolicy: NO_POLICY,
    excludedTags: [],
    registered: NO_OPERATIONS,
    permitClients: () => {},
    cacheStore: null,
    operationCacheBytes: 10_000_000,
  });

  return {
    subgraphs: generation.facts.subgraphs.map(({ name }) => name),
    prepare: async ({ document, definition }) => {
      const key = { query: print(document), operationName: definition.name?.value ?? null };
      const variables = variablesFor(generation.clients.schema, document, definition);
      const wanted = { key, variables, labels: [], caller: CALLER };
      const ready = await prepareOperation(generation, wanted, FINDING).catch(reasonOf);
      if (typeof ready === 'string') return ready;
      const { compiled, plan } = ready.prepared;
      if (compiled.kind === 'events') return 'it is a subscription';
      return {
        fetches: fetchesOf(plan.node).map(({ fetch }) => fetch),
        run: async (down) => {
          isDown = down;
          return gather(await compiled.run(ASKING, variables, ready.flags));
        },
      };
    },
  };
};

const noEvents = (): never => {
  throw new Error('subscriptions are not tried');
};

const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
