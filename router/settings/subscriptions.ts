import { type Values, wholeNumber } from '../../process/settings.ts';

/** What live connections may take. */
export interface SubscriptionSettings {
  /** How often a stream or a WebSocket without news says that it is alive. */
  readonly heartbeatMs: number;
  readonly maxSubscriptions: number;
  readonly maxSubscriptionsPerViewer: number;
  /** Events that are held for a client that does not read them yet. */
  readonly maxQueuedEvents: number;
  readonly maxWebSockets: number;
  readonly maxOperationsPerWebSocket: number;
  readonly webSocketInitTimeoutMs: number;
  readonly subgraphSilenceTimeoutMs: number;
}

export const subscriptionSpecs = {
  SUBGRAPH_SILENCE_TIMEOUT_MS: wholeNumber(1)({
    default: 30_000,
    desc: 'how long a subscription of a subgraph may be silent, heartbeats included, in milliseconds',
  }),
  HEARTBEAT_MS: wholeNumber(1)({
    default: 5_000,
    desc: 'how often a subscription or a WebSocket without news says that it is alive, in milliseconds',
  }),
  MAX_SUBSCRIPTIONS: wholeNumber(0)({
    default: 10_000,
    desc: 'how many subscriptions may be live at once',
  }),
  MAX_SUBSCRIPTIONS_PER_VIEWER: wholeNumber(0)({
    default: 100,
    desc: 'how many of them one user, or the guests of one address, may have',
  }),
  MAX_QUEUED_EVENTS: wholeNumber(1)({
    default: 100,
    desc: 'how many events wait for a slow client before its subscription is ended',
  }),
  MAX_WEBSOCKETS: wholeNumber(0)({
    default: 10_000,
    desc: 'how many WebSockets may be open at once',
  }),
  MAX_OPERATIONS_PER_WEBSOCKET: wholeNumber(1)({
    default: 100,
    desc: 'how many operations may be under way at once on one WebSocket',
  }),
  WEBSOCKET_INIT_TIMEOUT_MS: wholeNumber(1)({
    default: 3_000,
    desc: 'how long a new WebSocket may take to send connection_init, in milliseconds',
  }),
} as const;

export const readSubscriptionSettings = (
  values: Values<typeof subscriptionSpecs>,
): SubscriptionSettings => ({
  heartbeatMs: values.HEARTBEAT_MS,
  maxSubscriptions: values.MAX_SUBSCRIPTIONS,
  maxSubscriptionsPerViewer: values.MAX_SUBSCRIPTIONS_PER_VIEWER,
  maxQueuedEvents: values.MAX_QUEUED_EVENTS,
  maxWebSockets: values.MAX_WEBSOCKETS,
  maxOperationsPerWebSocket: values.MAX_OPERATIONS_PER_WEBSOCKET,
  webSocketInitTimeoutMs: values.WEBSOCKET_INIT_TIMEOUT_MS,
  subgraphSilenceTimeoutMs: values.SUBGRAPH_SILENCE_TIMEOUT_MS,
});
