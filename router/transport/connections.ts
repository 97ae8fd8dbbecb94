import { Agent } from 'undici';
import type { HedgeSettings } from './hedge.ts';
import type { RetrySettings } from './retry.ts';

export interface ConnectionSettings {
  readonly subgraphTimeoutMs: number;
  readonly subgraphConnectTimeoutMs: number;
  readonly subgraphMaxResponseBytes: number;
}

export interface TransportSettings extends ConnectionSettings, RetrySettings, HedgeSettings {
  readonly signingSecret: string | null;
  /** How often names of hosts are resolved again, in milliseconds. */
  readonly dnsRefreshMs: number;
}

/** What undici is told of connections to subgraphs. */
export const connectionOptions = (settings: ConnectionSettings) => ({
  connections: 128,
  connect: { timeout: settings.subgraphConnectTimeoutMs },
  headersTimeout: settings.subgraphTimeoutMs,
  bodyTimeout: settings.subgraphTimeoutMs,
  maxResponseSize: settings.subgraphMaxResponseBytes,
});

/** Connections to any servers, kept alive. */
export const createConnections = (settings: ConnectionSettings): Agent =>
  new Agent(connectionOptions(settings));
