import type { Agent } from 'undici';
import type { Caller } from '../../contract/viewer.ts';
import type { TransportSettings } from './connections.ts';
import type { SubgraphResult } from './result.ts';

/** What a subscription asks. */
export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

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

/** How a protocol opens a subscription; `signal` closes it, `opened` is told that it is open. */
export type Protocol = (
  settings: SubscriptionSettings,
  target: SubscriptionTarget,
  connections: Agent,
  caller: Caller,
  graphql: SubgraphRequest,
  signal: AbortSignal,
  opened: () => void,
) => AsyncGenerator<SubgraphResult, void, undefined>;
