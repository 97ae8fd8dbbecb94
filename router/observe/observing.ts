import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Logger } from '../../process/log.ts';
import { openTracing, type TracingSettings } from '../../process/open-tracing.ts';
import type { Generation } from '../supergraph/generation.ts';
import type { Planner } from '../supergraph/planner.ts';
import type { SubgraphState } from '../transport/connector.ts';
import { logFailures } from '../transport/log-failures.ts';
import type { CallObserver } from '../transport/record.ts';
import { countCalls, watchSubgraphs } from './count-calls.ts';
import { timePlanning, watchOperations } from './count-operations.ts';
import { countRequests } from './count-requests.ts';
import { logRequests } from './log-requests.ts';
import { type MetricsPlace, serveMetrics } from './metrics-server.ts';
import { createObserver, type Observer } from './observer.ts';
import { endTraces, traceRequest } from './trace-requests.ts';

export interface ObservingSettings extends TracingSettings {
  /** Whether each request is logged. */
  readonly logRequests: boolean;
  /** Where metrics are served; null where there are none. */
  readonly metrics: MetricsPlace | null;
  /** Whether clients may ask how an answer came about. */
  readonly explorer: boolean;
}

/** Everything that watches what the router does. */
export interface Observing {
  readonly requests: Observer;
  readonly calls: CallObserver;
  readonly planner: (planner: Planner) => Planner;
  /** Looks at how these do whenever somebody asks. */
  readonly watch: (subgraphs: () => readonly SubgraphState[], generation: () => Generation) => void;
  /** Where metrics are served; null where there are none. */
  readonly metricsUrl: string | null;
  readonly close: () => Promise<void>;
}

/** @throws SettingsError where metrics cannot be served */
export const startObserving = async (
  settings: ObservingSettings,
  log: Logger,
): Promise<Observing> => {
  const registry = settings.metrics === null ? null : createRegistry();
  const server =
    settings.metrics === null || registry === null
      ? null
      : await serveMetrics(settings.metrics, registry);
  if (server !== null) log.info({ url: server.url }, 'serving metrics');
  const tracing = await openTracing('router', settings);
  const calls = [logFailures(log), ...(registry === null ? [] : [countCalls(registry)])];
  return {
    requests: createObserver(
      [
        ...(settings.logRequests ? [logRequests(log)] : []),
        ...(registry === null ? [] : [countRequests(registry)]),
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
    watch: (subgraphs, generation) => {
      if (registry === null) return;
      watchSubgraphs(registry, subgraphs);
      watchOperations(registry, () => generation().clients.operations);
    },
    metricsUrl: server?.url ?? null,
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
