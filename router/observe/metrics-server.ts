import cluster from 'node:cluster';
import { fastify } from 'fastify';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { SettingsError } from '../../process/settings.ts';

export interface MetricsPlace {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** A server of metrics. */
export interface MetricsServer {
  /** Such as `http://127.0.0.1:9464/metrics`; null where another process serves them. */
  readonly url: string | null;
  readonly close: () => Promise<void>;
}

/**
 * Lets the metrics of this process be read: at an address of their own or, of a worker of a cluster, by its
 * primary, which asks all of them.
 *
 * @throws SettingsError where they cannot be served there
 */
export const exposeMetrics = async (
  place: MetricsPlace,
  registry: Registry,
): Promise<MetricsServer> => {
  if (!cluster.isWorker) {
    return serveMetrics(place, {
      contentType: registry.contentType,
      read: () => registry.metrics(),
    });
  }
  // It answers the primary from then on.
  new AggregatorRegistry();
  AggregatorRegistry.setRegistries([registry]);
  return { url: null, close: async () => {} };
};

/**
 * Serves the metrics of all workers of this process together.
 *
 * @throws SettingsError where they cannot be served there
 */
export const exposeMetricsOfWorkers = (place: MetricsPlace): Promise<MetricsServer> => {
  const all = new AggregatorRegistry();
  return serveMetrics(place, { contentType: all.contentType, read: () => all.clusterMetrics() });
};

interface MetricsSource {
  readonly contentType: string;
  readonly read: () => Promise<string>;
}

/** `GET /metrics` on a port of its own, since who may ask the router has no business with them. */
const serveMetrics = async (
  { host, port }: MetricsPlace,
  { contentType, read }: MetricsSource,
): Promise<MetricsServer> => {
  const server = fastify({ logger: false, forceCloseConnections: true });
  server.get('/metrics', async (_request, reply) => reply.type(contentType).send(await read()));
  try {
    const url = await server.listen({ host, port });
    return { url: `${url}/metrics`, close: () => server.close() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`METRICS_PORT: metrics cannot be served there: ${reason}`);
  }
};
