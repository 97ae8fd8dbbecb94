import { Agent } from 'undici';

export interface TransportSettings {
  readonly signingSecret: string | null;
  readonly subgraphTimeoutMs: number;
  readonly subgraphConnectTimeoutMs: number;
  readonly subgraphMaxResponseBytes: number;
}

/** The connections to all subgraphs, kept alive. */
export const createConnections = (settings: TransportSettings): Agent =>
  new Agent({
    connections: 128,
    connect: { timeout: settings.subgraphConnectTimeoutMs },
    headersTimeout: settings.subgraphTimeoutMs,
    bodyTimeout: settings.subgraphTimeoutMs,
    maxResponseSize: settings.subgraphMaxResponseBytes,
  });
