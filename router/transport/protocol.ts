import type { Agent } from 'undici';
import type { Caller } from '../../contract/viewer.ts';
import type { SubgraphRequest, SubgraphResult, TransportSettings } from './http-call.ts';

export interface SubscriptionSettings extends TransportSettings {
  /** How long a subgraph may say nothing at all, heartbeats included, in milliseconds. */
  readonly subgraphSilenceTimeoutMs: number;
}

/**
 * Where a subscription goes: `http:` and `https:` speak GraphQL over SSE, in distinct connections
 * mode; `ws:` and `wss:` speak graphql-transport-ws.
 */
export interface SubscriptionTarget {
  readonly name: string;
  readonly url: string;
}

/** How a protocol opens a subscription; `signal` closes it. */
export type Protocol = (
  settings: SubscriptionSettings,
  target: SubscriptionTarget,
  connections: Agent,
  caller: Caller,
  graphql: SubgraphRequest,
  signal: AbortSignal,
) => AsyncGenerator<SubgraphResult, void, undefined>;
