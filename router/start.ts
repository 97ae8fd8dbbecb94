import { prepareDrain } from '../process/drain.ts';
import type { Running } from '../process/lifecycle.ts';
import type { Logger } from '../process/log.ts';
import { createTurns } from './admission/turns.ts';
import { type DecidePolicy, NO_POLICY } from './authorization/guard.ts';
import { openCache } from './cache/open.ts';
import { openCapacity } from './capacity/capacity.ts';
import { measured, measuredPaths } from './capacity/measured.ts';
import { createPersistedDocuments } from './documents/persisted.ts';
import { readRegisteredOperations } from './documents/registered.ts';
import { trustDocuments } from './documents/trust.ts';
import { createServer } from './http/server.ts';
import { createAccessTokens } from './identity/access-tokens.ts';
import { startObserving } from './observe/observing.ts';
import { openRates } from './rates/rates.ts';
import { connectRedis } from './redis.ts';
import type { RouterSettings } from './settings.ts';
import { createSubscriptions } from './subscriptions/subscriptions.ts';
import { openGenerations } from './supergraph/generations.ts';
import type { DecideLabel } from './supergraph/override-labels.ts';
import { type Planner, startPlanner } from './supergraph/planner.ts';
import { isUrl, supergraphAt } from './supergraph/remote-source.ts';
import { type SupergraphSource, supergraphFile } from './supergraph/source.ts';
import { createConnector } from './transport/connector.ts';
import type { InProcessSubgraph } from './transport/in-process.ts';

/** What can be told to a router that is started by a program. */
export interface RouterOptions {
  /** Decides the labels of progressive overrides that are no percentages. */
  readonly decideLabel?: DecideLabel;
  /** Decides the policies of `@policy`; by default none holds. */
  readonly decidePolicy?: DecidePolicy;
  /** By name: subgraphs that run in this process. */
  readonly inProcess?: ReadonlyMap<string, InProcessSubgraph>;
  /** Plans instead of the usual one; closed with the router. */
  readonly planner?: Planner;
}

/** A router that serves. */
export interface RunningRouter extends Running {
  /** Reads the supergraph again. */
  readonly reload: () => Promise<unknown>;
  /** Where metrics are served; null where there are none. */
  readonly metricsUrl: string | null;
}

/**
 * Loads the supergraph and listens.
 *
 * @throws SettingsError where the supergraph cannot be read or served.
 */
export const startRouter = async (
  settings: RouterSettings,
  log: Logger,
  options: RouterOptions = {},
): Promise<RunningRouter> => {
  const redis = settings.redisUrl === null ? null : connectRedis(settings.redisUrl, log);
  const cacheStore = openCache(settings, redis, log);
  const capacity = settings.capacityWebhookUrl === null ? null : openCapacity(settings, log);
  const observing = await startObserving(settings, log);
  const connector = createConnector(settings, {
    inProcess: options.inProcess ?? new Map(),
    observer: capacity === null ? observing.calls : measured(observing.calls, capacity.meter),
    log,
  });
  const planner = observing.planner(options.planner ?? startPlanner(settings));
  const { trustedDocuments, permitClients } = trustDocuments(settings, log);
  const subscriptions = createSubscriptions(settings);
  const generations = await openGenerations(
    sourceOf(settings),
    {
      planner,
      connect: connector.connect,
      ignoreSecurityDirectives: settings.ignoreSecurityDirectives,
      decidePolicy: options.decidePolicy ?? NO_POLICY,
      contract: settings.contract,
      registered: readRegisteredOperations(settings.serviceOperations),
      permitClients,
      cacheStore,
      operationCacheBytes: settings.operationCacheBytes,
    },
    settings,
    log,
  );
  const turns = createTurns(settings);
  const metricsUrl = await observing.watch({
    subgraphs: connector.subgraphs,
    generation: generations.current,
    turns,
    capacity,
  });
  generations.onSwap((next) => subscriptions.takeOver(next));
  const rates = openRates(settings, redis, log);
  const server = await createServer({
    settings,
    subscriptions,
    cacheStore,
    rates,
    turns,
    observer: observing.requests,
    log,
    generation: generations.current,
    accessTokens: createAccessTokens(settings, log),
    trustedDocuments,
    persistedDocuments: settings.persistedQueries
      ? createPersistedDocuments(settings.persistedQueryBytes)
      : null,
    meterOfPath:
      capacity === null
        ? () => null
        : measuredPaths(settings, generations.current().facts.subgraphs, capacity.meter),
    decideLabel: options.decideLabel ?? ((label) => settings.overrideLabels.includes(label)),
  });
  const drain = prepareDrain(server);
  const url = await server.listen({ host: settings.host, port: settings.port });
  return {
    url,
    metricsUrl,
    reload: generations.reload,
    stop: async (idleGraceMs) => {
      await drain(idleGraceMs);
      await generations.close();
      await planner.close();
      await connector.close();
      await capacity?.close();
      redis?.destroy();
      await observing.close();
    },
  };
};

const sourceOf = (settings: RouterSettings): SupergraphSource => {
  const { supergraph, watchSupergraph, supergraphPollMs, supergraphToken } = settings;
  if (!isUrl(supergraph)) return supergraphFile(supergraph, watchSupergraph);
  const pollMs = watchSupergraph ? supergraphPollMs : null;
  return supergraphAt(supergraph, { pollMs, token: supergraphToken });
};
