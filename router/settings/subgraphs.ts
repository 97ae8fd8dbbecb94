import { type Environment, secret, type Values, wholeNumber } from '../../process/settings.ts';
import type { Replicas } from '../transport/replicas.ts';
import { readUrls } from './addresses.ts';

/** How subgraphs are asked. */
export interface SubgraphCallSettings {
  /** By subgraph, in lower case: where its requests go instead of where the supergraph says. */
  readonly routingUrls: Readonly<Record<string, Replicas<string>>>;
  /** By subgraph, in lower case: where its subscriptions go instead of where its requests go. */
  readonly subscriptionUrls: Readonly<Record<string, Replicas<string>>>;
  /** The key of the signature on subgraph requests; null sends them unsigned. */
  readonly signingSecret: string | null;
  readonly subgraphTimeoutMs: number;
  readonly subgraphConnectTimeoutMs: number;
  readonly subgraphMaxResponseBytes: number;
  /** How often what failed on its way is asked again. */
  readonly subgraphRetries: number;
  /** 0 for never. */
  readonly subgraphHedgeAfterMs: number;
  readonly dnsRefreshMs: number;
}

export const subgraphCallSpecs = {
  SIGNING_SECRET: secret({
    default: undefined,
    desc: 'the key that router and subgraphs share, at least 32 bytes; without it requests go unsigned',
  }),
  SUBGRAPH_TIMEOUT_MS: wholeNumber(1)({
    default: 10_000,
    desc: 'how long a subgraph may take to answer, in milliseconds',
  }),
  SUBGRAPH_CONNECT_TIMEOUT_MS: wholeNumber(1)({
    default: 2_000,
    desc: 'how long connecting to a subgraph may take, in milliseconds',
  }),
  SUBGRAPH_MAX_RESPONSE_BYTES: wholeNumber(1024)({
    default: 16_777_216,
    desc: 'the largest answer of a subgraph, or event of its subscriptions, in bytes',
  }),
  SUBGRAPH_RETRIES: wholeNumber(0)({
    default: 2,
    desc: 'how often what failed on its way to a subgraph is asked again, within the time-out and a tenth of all requests',
  }),
  SUBGRAPH_HEDGE_AFTER_MS: wholeNumber(0)({
    default: 0,
    desc: 'after how long a slow query is asked once more, the first answer taken, in milliseconds; 0 never',
  }),
  DNS_REFRESH_MS: wholeNumber(100)({
    default: 10_000,
    desc: 'how often the names of subgraphs’ hosts are resolved again, in milliseconds',
  }),
} as const;

export const readSubgraphCallSettings = (
  values: Values<typeof subgraphCallSpecs>,
  environment: Environment,
): SubgraphCallSettings => ({
  routingUrls: readUrls('ROUTING_URL_', ['http', 'https'], environment),
  subscriptionUrls: readUrls('SUBSCRIPTION_URL_', ['http', 'https', 'ws', 'wss'], environment),
  signingSecret: values.SIGNING_SECRET ?? null,
  subgraphTimeoutMs: values.SUBGRAPH_TIMEOUT_MS,
  subgraphConnectTimeoutMs: values.SUBGRAPH_CONNECT_TIMEOUT_MS,
  subgraphMaxResponseBytes: values.SUBGRAPH_MAX_RESPONSE_BYTES,
  subgraphRetries: values.SUBGRAPH_RETRIES,
  subgraphHedgeAfterMs: values.SUBGRAPH_HEDGE_AFTER_MS,
  dnsRefreshMs: values.DNS_REFRESH_MS,
});
