import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Logger } from '../../process/log.ts';
import { openTracing, type TracingSettings } from '../../process/open-tracing.ts';
import type { Turns } from '../admission/turns.ts';
import type { Capacity } from '../capacity/capacity.ts';
import type { Generation } from '../supergraph/generation.ts';
import type { Planner } from '../supergraph/planner.ts';
import type { SubgraphState } from '../transport/connector.ts';
import { logFailures } from '../transport/log-failures.ts';
import type { CallObserver } from '../transport/record.ts';
import { countCalls, watchSubgraphs } from './count-calls.ts';
import { watchCapacity, watchTurns } from './count-load.ts';
import { timePlanning, watchOperations } from './count-operations.ts';
import { countRequests } from './count-requests.ts';
import { countUsage } from './count-usage.ts';
import { logRequests } from './log-requests.ts';
import { exposeMetrics, type MetricsPlace, type MetricsServer } from './metrics-server.ts';
import { createObserver, type Observer } from './observer.ts';
import { endTraces, traceRequest } from './trace-requests.ts';

export interface ObservingSettings extends TracingSettings {
  /** Whether each request is logged. */
  readonly logRequests: boolean;
  /** Where metrics are served; null where there are none. */
  readonly metrics: MetricsPlace | null;
  /** Whether metrics count what clients ask for of the schema. */
  readonly countsUsage: boolean;
  /** Whether clients may ask how an answer came about. */
  readonly explorer: boolean;
}

/** What metrics are read from. */
export interface Watched {
  readonly subgraphs: () => readonly SubgraphState[];
  readonly generation: () => Generation;
  readonly turns: Turns;
  /** Null where it is not measured. */
  readonly capacity: Pick<Capacity, 'current'> | null;
}

/** Everything that watches what the router does. */
export interface Observing {
  readonly requests: Observer;
  readonly calls: CallObserver;
  readonly planner: (planner: Planner) => Planner;
  /**
   * Looks at how these do whenever somebody asks, and lets metrics be read from then on.
   *
   * @returns where they are served; null where they are not
   * @throws SettingsError where they cannot be served there
   */
  readonly watch: (watched: Watched) => Promise<string | null>;
  readonly close: () => Promise<void>;
}

export const startObserving = async (
  settings: ObservingSettings,
  log: Logger,
): Promise<Observing> => {
  const registry = settings.metrics === null ? null : createRegistry();
  let server: MetricsServer | undefined;
  const tracing = await openTracing('router', settings);
  const calls = [logFailures(log), ...(registry === null ? [] : [countCalls(registry)])];
  return {
    requests: createObserver(
      [
        ...(settings.logRequests ? [logRequests(log)] : []),
        ...(registry === null ? [] : [countRequests(registry)]),
        ...(registry === null || !settings.countsUsage ? [] : [countUsage(registry)]),
        ...(tracing === null ? [] : [endTraces]),
      ],
      { explains: settings.explorer, trace: tracing === null ? null : traceRequest(tracing) },
    ),
    calls: {
      begun: (subgraph) => {
        for (const each of calls) each.begun(subgraph);
      },
      ended: (record, failure) => {
        for (const each of calls) each.ended(record, failure);
      },
    },
    planner: (planner) => (registry === null ? planner : timePlanning(registry, planner)),
    watch: async ({ subgraphs, generation, turns, capacity }) => {
      if (settings.metrics === null || registry === null) return null;
      watchSubgraphs(registry, subgraphs);
      watchOperations(registry, () => generation().clients.operations);
      watchTurns(registry, turns);
      watchCapacity(registry, () => capacity?.current() ?? new Map());
      server = await exposeMetrics(settings.metrics, registry);
      if (server.url !== null) log.info({ url: server.url }, 'serving metrics');
      return server.url;
    },
    close: async () => {
      await server?.close();
      await tracing?.close();
    },
  };
};

/** With the process's own metrics, as Node's clients of Prometheus name them. */
const createRegistry = (): Registry => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
};
