import { availableParallelism } from 'node:os';
import { host, makeValidator, str, url } from 'envalid';
import { ACCESS_TOKEN_AUDIENCE } from '../contract/access-token.ts';
import { LOG_LEVELS, type LogLevel } from '../process/log.ts';
import { type TracingSettings, tracesEndpoint } from '../process/open-tracing.ts';
import {
  listeningPort,
  type Mode,
  mode,
  readSettings,
  refuseDevelopmentSecret,
  SettingsError,
  secret,
  wholeNumber,
} from '../process/settings.ts';
import {
  identityProviders,
  listed,
  passThrough,
  readUrls,
  redisUrl,
  trustedProxies,
} from './addresses.ts';
import { CACHE_MODES, type CacheSettings } from './cache/open.ts';
import type { CapacitySettings, CapacityTarget } from './capacity/capacity.ts';
import { TRUST_MODES, type TrustMode } from './documents/trust.ts';
import type { TokenSettings } from './identity/access-tokens.ts';
import type { DocumentLimits } from './limits/document-limits.ts';
import type { MetricsPlace } from './observe/metrics-server.ts';
import type { RateSettings } from './rates/rates.ts';
import type { Replicas } from './transport/replicas.ts';

/** Everything that the router can be told from outside. */
export interface RouterSettings
  extends CacheSettings,
    TokenSettings,
    RateSettings,
    CapacitySettings,
    TracingSettings {
  readonly mode: Mode;
  readonly logLevel: LogLevel;
  /** Whether each request is logged. */
  readonly logRequests: boolean;
  /** Where metrics are served; null where there are none. */
  readonly metrics: MetricsPlace | null;
  readonly host: string;
  readonly port: number;
  /** How many processes serve on the port; 1 is this one alone. */
  readonly workers: number;
  /** Path or URL of the supergraph's SDL. */
  readonly supergraph: string;
  /** Whether the supergraph is read again when it changes there. */
  readonly watchSupergraph: boolean;
  /** How often a supergraph at a URL is asked for. */
  readonly supergraphPollMs: number;
  /** What lets it be read there; null where everyone may. */
  readonly supergraphToken: string | null;
  /** Shows everything to everyone, whatever the supergraph says of who may see what. */
  readonly ignoreSecurityDirectives: boolean;
  /** Clients do not see what carries one of these tags. */
  readonly excludedTags: readonly string[];
  /** Path of the folder with the operations that services have registered. */
  readonly serviceOperations: string;
  /** Path of the folder with the operations that frontends have registered. */
  readonly operations: string;
  /** What becomes of clients' operations that are not registered. */
  readonly trustedDocuments: TrustMode;
  /** Whether clients may name by its hash what they have sent before. */
  readonly persistedQueries: boolean;
  readonly persistedQueryBytes: number;
  /** Labels of progressive overrides that are on. */
  readonly overrideLabels: readonly string[];
  readonly operationCacheBytes: number;
  readonly planningTimeoutMs: number;
  /** By subgraph, in lower case: where its requests go instead of where the supergraph says. */
  readonly routingUrls: Readonly<Record<string, Replicas<string>>>;
  /** By subgraph, in lower case: where its subscriptions go instead of where its requests go. */
  readonly subscriptionUrls: Readonly<Record<string, Replicas<string>>>;
  /** The key of the signature on subgraph requests; null sends them unsigned. */
  readonly signingSecret: string | null;
  /** Whether the header `emporium-development-user` names the viewer. */
  readonly developmentIdentity: boolean;
  /** Whether introspection, Sandbox and GraphiQL are served. */
  readonly explorer: boolean;
  /** Whether messages and codes of subgraphs that the catalogue does not know reach clients. */
  readonly showSubgraphErrors: boolean;
  /** Origins that browsers may call from, beside the router's own. */
  readonly corsOrigins: readonly string[];
  /** By path, such as `/media`: the origins that serve it. */
  readonly passThrough: Readonly<Record<string, Replicas<string>>>;
  /** Where routers count and keep together; null where each does so for itself. */
  readonly redisUrl: string | null;
  readonly maxBodyBytes: number;
  /** 0 for no limit. */
  readonly maxRequestsInFlight: number;
  readonly documentLimits: DocumentLimits;
  /** What an operation may cost; 0 is no limit; null where it is not said. */
  readonly maxCost: number | null;
  /** How long a list is taken to be that says nothing of its size. */
  readonly assumedListSize: number;
  /** Whose word is taken on where a request comes from: addresses and networks. */
  readonly trustedProxies: readonly string[];
  readonly subgraphTimeoutMs: number;
  readonly subgraphConnectTimeoutMs: number;
  readonly subgraphMaxResponseBytes: number;
  /** How often what failed on its way is asked again. */
  readonly subgraphRetries: number;
  /** 0 for never. */
  readonly subgraphHedgeAfterMs: number;
  readonly dnsRefreshMs: number;
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

const MAX_WORKERS = 64;
const CAPACITY_TARGET = 32;

type Switch = 'on' | 'off' | 'auto';
const SWITCH = ['on', 'off', 'auto'] as const satisfies readonly Switch[];

/** Cores are those that the process may use, whatever share of their time a container gives it. */
const workers = makeValidator<number>((text) => {
  const count = text === 'auto' ? availableParallelism() : Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MAX_WORKERS) return count;
  throw new Error(`"${text}" is neither auto nor a whole number from 1 to ${MAX_WORKERS}`);
});

/** `32`, or `32,media=50`, or `media=50`. */
const capacityTarget = makeValidator<CapacityTarget>((text) => {
  let others = CAPACITY_TARGET;
  const named: Record<string, number> = {};
  for (const entry of listed(text)) {
    const [, name, digits] = /^(?:([\w-]+)=)?(\d+)$/.exec(entry) ?? [];
    const target = Number(digits ?? 0);
    if (target < 1) throw new Error(`"${entry}" is neither a number above 0 nor name=number`);
    if (name === undefined) others = target;
    else named[name.toLowerCase()] = target;
  }
  return { others, named };
});

const share = makeValidator<number>((text) => {
  const value = Number(text);
  if (text !== '' && value >= 0 && value <= 1) return value;
  throw new Error(`"${text}" is not a number from 0 to 1`);
});

const list = makeValidator<readonly string[]>(listed);

/** Those of JWA that are by key pairs (RFC 7518, RFC 8037); a shared secret would let anyone sign who checks. */
const TOKEN_ALGORITHMS: readonly string[] = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
];

const tokenAlgorithms = makeValidator<readonly string[]>((text) => {
  const names = listed(text);
  const wrong = names.find((name) => !TOKEN_ALGORITHMS.includes(name));
  if (wrong === undefined && names.length > 0) return names;
  throw new Error(`"${wrong ?? ''}" is none of ${TOKEN_ALGORITHMS.join(', ')}`);
});

/** The router's settings by the name of their environment variable; the README lists the same. */
export const routerSpecs = {
  NODE_ENV: mode({ default: 'development', desc: 'development, production or test' }),
  LOG_LEVEL: str({ choices: LOG_LEVELS, default: 'info', desc: 'the least severe line to log' }),
  HOST: host({ default: '127.0.0.1', desc: 'the address to listen on' }),
  PORT: listeningPort({ default: 4000, desc: 'the port to listen on; 0 takes a free one' }),
  ROUTER_WORKERS: workers({
    default: 1,
    desc: 'how many processes of the router serve on its port; auto is one for each core',
  }),
  SUPERGRAPH: str({ default: 'supergraph.graphql', desc: 'path or URL of the supergraph’s SDL' }),
  SUPERGRAPH_WATCH: str({
    choices: ['on', 'off'],
    default: 'on',
    desc: 'on serves the supergraph anew when it changes there; SIGHUP does so at any time',
  }),
  SUPERGRAPH_POLL_MS: wholeNumber(100)({
    default: 10_000,
    desc: 'how often a supergraph at a URL is looked at for changes, give or take a quarter, in milliseconds',
  }),
  SUPERGRAPH_TOKEN: str({
    default: undefined,
    desc: 'what lets the router read a supergraph at a URL, sent as authorization: Bearer',
  }),
  SECURITY_DIRECTIVES: str({
    choices: ['enforce', 'ignore'],
    default: 'enforce',
    desc: 'ignore shows everyone what @authenticated, @requiresScopes and @policy guard: for where something else does',
  }),
  EXCLUDED_TAGS: list({
    default: ['internal'],
    desc: 'clients do not see what carries one of these tags, separated by commas; services do',
  }),
  SERVICE_OPERATIONS: str({
    default: 'operations/services',
    desc: 'path of the folder with the operations that services have registered, a folder for each',
  }),
  OPERATIONS: str({
    default: 'operations',
    desc: 'path of the folder with the operations that frontends have registered, a folder for each',
  }),
  TRUSTED_DOCUMENTS: str({
    choices: TRUST_MODES,
    default: 'off',
    desc: 'only refuses clients’ operations that are not registered; log lets them through and logs each',
  }),
  PERSISTED_QUERIES: str({
    choices: ['on', 'off'],
    default: 'on',
    desc: 'on lets clients name by its hash a document that they have sent before (Apollo’s APQ)',
  }),
  PERSISTED_QUERY_BYTES: wholeNumber(1024)({
    default: 16_777_216,
    desc: 'how much documents that are kept for that may weigh together, in bytes',
  }),
  IDENTITY_PROVIDERS: identityProviders({
    default: {},
    desc: 'whose access tokens are taken: issuer=URL of its key set, separated by commas',
  }),
  TOKEN_AUDIENCE: str({
    default: ACCESS_TOKEN_AUDIENCE,
    desc: 'the audience that access tokens have to be meant for',
  }),
  TOKEN_ALGORITHMS: tokenAlgorithms({
    default: ['EdDSA', 'ES256', 'PS256', 'RS256'],
    desc: 'how access tokens may be signed, separated by commas; only by key pairs',
  }),
  TOKEN_CLOCK_TOLERANCE_S: wholeNumber(
    0,
    60,
  )({
    default: 30,
    desc: 'how far the clocks of an issuer of tokens and of the router may be apart, in seconds, at most 60',
  }),
  OVERRIDE_LABELS: list({
    default: [],
    desc: 'labels of progressive @override that are on, separated by commas; percent(n) needs no setting',
  }),
  OPERATION_CACHE_BYTES: wholeNumber(0)({
    default: 67_108_864,
    desc: 'how much prepared operations may weigh together, estimated, in bytes',
  }),
  PLANNING_TIMEOUT_MS: wholeNumber(1)({
    default: 5_000,
    desc: 'how long planning an operation that was not asked before may take, in milliseconds',
  }),
  SIGNING_SECRET: secret({
    default: undefined,
    desc: 'the key that router and subgraphs share, at least 32 bytes; without it requests go unsigned',
  }),
  DEVELOPMENT_IDENTITY: str({
    choices: ['on', 'off'],
    default: 'off',
    desc: 'on lets the header emporium-development-user name the viewer; never in production',
  }),
  EXPLORER: str({
    choices: SWITCH,
    default: 'auto',
    desc: 'introspection, Sandbox, GraphiQL and Explain; auto is on outside production',
  }),
  SUBGRAPH_ERRORS: str({
    choices: ['show', 'hide', 'auto'],
    default: 'auto',
    desc: 'show or hide messages of subgraphs whose code the router does not know; auto hides in production',
  }),
  LOG_REQUESTS: str({
    choices: SWITCH,
    default: 'auto',
    desc: 'on logs a line for each request; auto is on in production',
  }),
  METRICS_PORT: listeningPort({
    default: undefined,
    desc: 'the port of /metrics, for Prometheus; without it there are none, 0 takes a free one',
  }),
  METRICS_HOST: host({
    default: '127.0.0.1',
    desc: 'the address that /metrics listens on, which everyone may read who reaches it',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: tracesEndpoint,
  TRACES_SHARE: share({
    default: 1,
    desc: 'of requests whose clients trace nothing, the share that is traced, 0 to 1',
  }),
  CORS_ORIGINS: list({
    default: [],
    desc: 'origins whose pages may call, separated by commas; development adds Sandbox and localhost',
  }),
  PASS_THROUGH: passThrough({
    default: {},
    desc: 'paths that are streamed to a server, or servers, as they are: /media=http://host:port, separated by commas',
  }),
  MAX_BODY_BYTES: wholeNumber(1024)({
    default: 102_400,
    desc: 'the largest request body, in bytes',
  }),
  MAX_REQUESTS_IN_FLIGHT: wholeNumber(0)({
    default: 2_000,
    desc: 'how many requests may be under way at the most; how many are is found out from how long they take; 0 is no limit',
  }),
  MAX_TOKENS: wholeNumber(1)({
    default: 5_000,
    desc: 'how many words and signs an operation’s document may have',
  }),
  MAX_DEPTH: wholeNumber(1)({
    default: 20,
    desc: 'how deep its fields may stand in one another; introspection by common tools takes 15',
  }),
  MAX_HEIGHT: wholeNumber(1)({
    default: 1_000,
    desc: 'how many fields it may have, those of fragments wherever they are spread',
  }),
  MAX_ALIASES: wholeNumber(0)({
    default: 100,
    desc: 'how many of its fields may have aliases, __typename counted too',
  }),
  MAX_ROOT_FIELDS: wholeNumber(1)({
    default: 30,
    desc: 'how many root fields it may have',
  }),
  MAX_DIRECTIVES: wholeNumber(0)({
    default: 100,
    desc: 'how many directives it may have',
  }),
  MAX_REPEATED_DIRECTIVES: wholeNumber(1)({
    default: 5,
    desc: 'how often one directive may stand in one place',
  }),
  MAX_VARIABLES: wholeNumber(0)({
    default: 100,
    desc: 'how many variables it may declare',
  }),
  MAX_INPUT_VALUES: wholeNumber(1)({
    default: 10_000,
    desc: 'how many values its variables may hold, those in lists and objects too',
  }),
  MAX_COST: wholeNumber(0)({
    default: undefined,
    desc: 'what an operation may cost; 0 is no limit; where it is not said, 10000 in a schema that has @cost or @listSize',
  }),
  ASSUMED_LIST_SIZE: wholeNumber(0)({
    default: 10,
    desc: 'how long a list is taken to be for that which has no @listSize',
  }),
  COST_PER_MINUTE: wholeNumber(0)({
    default: 0,
    desc: 'what the operations of one user, or of the guests of one address, may cost a minute; 0 is no limit',
  }),
  REQUESTS_PER_MINUTE_PER_VIEWER: wholeNumber(0)({
    default: undefined,
    desc: 'how many requests a user may send a minute; 0 is no limit; where it is not said, 1200 in production',
  }),
  REQUESTS_PER_MINUTE_PER_ADDRESS: wholeNumber(0)({
    default: undefined,
    desc: 'how many the guests of one address may; 0 is no limit; where it is not said, 12000 in production',
  }),
  REDIS_URL: redisUrl({
    default: undefined,
    desc: 'where several routers count these together, redis:// or rediss://; else each counts for itself',
  }),
  TRUSTED_PROXIES: trustedProxies({
    default: [],
    desc: 'proxies whose x-forwarded-for tells the client’s address: addresses, networks, loopback, linklocal or uniquelocal, separated by commas',
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
  CACHE: str({
    choices: CACHE_MODES,
    default: 'off',
    desc: 'where answers of subgraphs are kept that say by @cacheControl for how long they may be',
  }),
  CACHE_BYTES: wholeNumber(1_024)({
    default: 67_108_864,
    desc: 'how much is kept in memory, in bytes',
  }),
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
  CAPACITY_WEBHOOK_URL: url({
    default: undefined,
    desc: 'who is told how many replicas of each subgraph are needed; signed with SIGNING_SECRET',
  }),
  CAPACITY_TARGET: capacityTarget({
    default: { others: CAPACITY_TARGET, named: {} },
    desc: 'how many requests under way one replica is to bear, 32 unless it says; 32,media=50 has another for one',
  }),
  CAPACITY_WINDOW_S: wholeNumber(2)({
    default: 60,
    desc: 'how long a load is remembered before fewer replicas will do, in seconds',
  }),
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The router's settings from the environment.
 *
 * @throws SettingsError in one line that says which setting is wrong and why.
 */
export const readRouterSettings = (environment: Environment = process.env): RouterSettings => {
  const values = readSettings(routerSpecs, environment);
  const where = values.NODE_ENV;
  if (values.SIGNING_SECRET !== undefined) {
    refuseDevelopmentSecret('SIGNING_SECRET', values.SIGNING_SECRET, where);
  }
  if (where === 'production' && values.DEVELOPMENT_IDENTITY === 'on') {
    throw new SettingsError(
      'DEVELOPMENT_IDENTITY: on lets anyone be anyone, so production refuses it; unset it.',
    );
  }
  if (values.ROUTER_WORKERS > 1 && values.CACHE === 'memory') {
    throw new SettingsError(
      'CACHE: what is kept in memory is each worker’s own, and only one of them hears that it is not good any more; keep it in redis, or leave ROUTER_WORKERS at 1.',
    );
  }
  if (values.CAPACITY_WEBHOOK_URL !== undefined && values.SIGNING_SECRET === undefined) {
    throw new SettingsError(
      'CAPACITY_WEBHOOK_URL: what is told there is signed; set SIGNING_SECRET too.',
    );
  }
  return {
    mode: where,
    logLevel: values.LOG_LEVEL,
    logRequests:
      values.LOG_REQUESTS === 'on' || (values.LOG_REQUESTS === 'auto' && where === 'production'),
    metrics:
      values.METRICS_PORT === undefined
        ? null
        : { host: values.METRICS_HOST, port: values.METRICS_PORT },
    tracesEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    tracesShare: values.TRACES_SHARE,
    host: values.HOST,
    port: values.PORT,
    workers: values.ROUTER_WORKERS,
    supergraph: values.SUPERGRAPH,
    watchSupergraph: values.SUPERGRAPH_WATCH === 'on',
    supergraphPollMs: values.SUPERGRAPH_POLL_MS,
    supergraphToken: values.SUPERGRAPH_TOKEN ?? null,
    ignoreSecurityDirectives: values.SECURITY_DIRECTIVES === 'ignore',
    excludedTags: values.EXCLUDED_TAGS,
    serviceOperations: values.SERVICE_OPERATIONS,
    operations: values.OPERATIONS,
    trustedDocuments: values.TRUSTED_DOCUMENTS,
    persistedQueries: values.PERSISTED_QUERIES === 'on',
    persistedQueryBytes: values.PERSISTED_QUERY_BYTES,
    identityProviders: values.IDENTITY_PROVIDERS,
    tokenAudience: values.TOKEN_AUDIENCE,
    tokenAlgorithms: values.TOKEN_ALGORITHMS,
    tokenClockToleranceS: values.TOKEN_CLOCK_TOLERANCE_S,
    overrideLabels: values.OVERRIDE_LABELS,
    operationCacheBytes: values.OPERATION_CACHE_BYTES,
    planningTimeoutMs: values.PLANNING_TIMEOUT_MS,
    routingUrls: readUrls('ROUTING_URL_', ['http', 'https'], environment),
    subscriptionUrls: readUrls('SUBSCRIPTION_URL_', ['http', 'https', 'ws', 'wss'], environment),
    signingSecret: values.SIGNING_SECRET ?? null,
    developmentIdentity: values.DEVELOPMENT_IDENTITY === 'on',
    explorer: outsideProduction(values.EXPLORER, 'on', where),
    showSubgraphErrors: outsideProduction(values.SUBGRAPH_ERRORS, 'show', where),
    corsOrigins: values.CORS_ORIGINS,
    passThrough: values.PASS_THROUGH,
    maxBodyBytes: values.MAX_BODY_BYTES,
    maxRequestsInFlight: values.MAX_REQUESTS_IN_FLIGHT,
    documentLimits: {
      tokens: values.MAX_TOKENS,
      depth: values.MAX_DEPTH,
      height: values.MAX_HEIGHT,
      aliases: values.MAX_ALIASES,
      rootFields: values.MAX_ROOT_FIELDS,
      directives: values.MAX_DIRECTIVES,
      repeatedDirectives: values.MAX_REPEATED_DIRECTIVES,
      variables: values.MAX_VARIABLES,
      inputValues: values.MAX_INPUT_VALUES,
    },
    maxCost: values.MAX_COST ?? null,
    assumedListSize: values.ASSUMED_LIST_SIZE,
    costPerMinute: values.COST_PER_MINUTE,
    requestsPerMinutePerViewer:
      values.REQUESTS_PER_MINUTE_PER_VIEWER ?? inProduction(PRODUCTION_REQUESTS_OF_VIEWER, where),
    requestsPerMinutePerAddress:
      values.REQUESTS_PER_MINUTE_PER_ADDRESS ?? inProduction(PRODUCTION_REQUESTS_OF_ADDRESS, where),
    redisUrl: values.REDIS_URL ?? null,
    trustedProxies: values.TRUSTED_PROXIES,
    subgraphTimeoutMs: values.SUBGRAPH_TIMEOUT_MS,
    subgraphConnectTimeoutMs: values.SUBGRAPH_CONNECT_TIMEOUT_MS,
    subgraphMaxResponseBytes: values.SUBGRAPH_MAX_RESPONSE_BYTES,
    subgraphRetries: values.SUBGRAPH_RETRIES,
    subgraphHedgeAfterMs: values.SUBGRAPH_HEDGE_AFTER_MS,
    dnsRefreshMs: values.DNS_REFRESH_MS,
    cache: values.CACHE,
    cacheBytes: values.CACHE_BYTES,
    heartbeatMs: values.HEARTBEAT_MS,
    maxSubscriptions: values.MAX_SUBSCRIPTIONS,
    maxSubscriptionsPerViewer: values.MAX_SUBSCRIPTIONS_PER_VIEWER,
    maxQueuedEvents: values.MAX_QUEUED_EVENTS,
    maxWebSockets: values.MAX_WEBSOCKETS,
    maxOperationsPerWebSocket: values.MAX_OPERATIONS_PER_WEBSOCKET,
    webSocketInitTimeoutMs: values.WEBSOCKET_INIT_TIMEOUT_MS,
    capacityWebhookUrl: values.CAPACITY_WEBHOOK_URL ?? null,
    capacityTarget: values.CAPACITY_TARGET,
    capacityWindowS: values.CAPACITY_WINDOW_S,
    subgraphSilenceTimeoutMs: values.SUBGRAPH_SILENCE_TIMEOUT_MS,
  };
};

/** A page of the market sends up to 20: a page every second, for a minute. */
const PRODUCTION_REQUESTS_OF_VIEWER = 1_200;

/** Ten such people: behind one address there may be an office, or the customers of a mobile network. */
const PRODUCTION_REQUESTS_OF_ADDRESS = 12_000;

/** Load tests and people who develop are not to be throttled. */
const inProduction = (limit: number, where: Mode): number => (where === 'production' ? limit : 0);

const outsideProduction = (value: string, yes: string, where: Mode): boolean =>
  value === 'auto' ? where !== 'production' : value === yes;
