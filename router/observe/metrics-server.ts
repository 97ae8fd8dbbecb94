import { fastify } from 'fastify';
import type { Registry } from 'prom-client';
import { SettingsError } from '../../process/settings.ts';

export interface MetricsPlace {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** A server of metrics. */
export interface MetricsServer {
  /** Such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves `GET /metrics` on an address of its own, since they are nobody's business who may ask the router.
 *
 * @throws SettingsError where it cannot listen there
 */
export const serveMetrics = async (
  { host, port }: MetricsPlace,
  registry: Registry,
): Promise<MetricsServer> => {
  const server = fastify({ logger: false, forceCloseConnections: true });
  server.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  try {
    const url = await server.listen({ host, port });
    return { url: `${url}/metrics`, close: () => server.close() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`METRICS_PORT: metrics cannot be served there: ${reason}`);
  }
};
