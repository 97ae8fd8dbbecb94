import path from 'node:path';
import { KEY_SET_PATH } from '../contract/access-token.ts';
import { cartSpecs } from '../subgraphs/cart/settings.ts';
import { mediaSpecs } from '../subgraphs/media/settings.ts';
import type { DataFolder } from './data-folder.ts';
import { ROOT } from './folders.ts';
import type { StackSettings } from './settings.ts';
import { type BySubgraph, OWN_PATHS, SUBGRAPHS, type SubgraphName } from './subgraphs.ts';
import { subgraphsIn, type Topology } from './topology.ts';

/** What every process is told. */
export interface Shared {
  readonly settings: StackSettings;
  readonly data: DataFolder;
  readonly signingSecret: string;
  readonly publicUrl: string;
  readonly topology: Topology;
}

/** Settings of the launcher, and of one subgraph only: no process sees another's database. */
const WITHHELD = new Set([
  'DATA_DIR',
  'SEED',
  'PORT',
  'IN_PROCESS',
  'DATABASE_URL_PAYMENTS',
  ...SUBGRAPHS.map((name) => `DATABASE_URL_${name.toUpperCase()}`),
  ...Object.keys(cartSpecs),
  ...Object.keys(mediaSpecs),
]);

const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !WITHHELD.has(name)));

const common = ({ settings, signingSecret, publicUrl }: Shared): NodeJS.ProcessEnv => ({
  ...inherited(),
  NODE_ENV: settings.mode,
  LOG_LEVEL: settings.logLevel,
  SIGNING_SECRET: signingSecret,
  PUBLIC_URL: publicUrl,
  ROUTER_URL: routerUrl(settings),
  // Apollo's libraries report usage to their maker unless told not to.
  APOLLO_TELEMETRY_DISABLED: 'true',
});

/** On this machine: where the router listens on every address it does so on this one. */
const routerUrl = ({ host, port }: StackSettings): string => {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
};

/** What a subgraph reads, whatever process it runs in. */
const ownSettings = (
  { data }: Shared,
  name: SubgraphName,
  databaseUrl: string | undefined,
  paymentsUrl: string | undefined,
): NodeJS.ProcessEnv => ({
  [`DATABASE_URL_${name.toUpperCase()}`]: databaseUrl,
  ...(name === 'media' ? { ...given(mediaSpecs), MEDIA_DIR: data.media } : {}),
  ...(name === 'cart' ? cartSettings(paymentsUrl) : {}),
});

/** What this process was told for one subgraph alone. */
const given = (specs: object): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.keys(specs).map((name) => [name, process.env[name]]));

/** The keys of a payment provider are for the cart alone. */
const cartSettings = (paymentsUrl: string | undefined): NodeJS.ProcessEnv => ({
  ...given(cartSpecs),
  ...(paymentsUrl !== undefined && { PAYMENTS_URL: paymentsUrl }),
});

/** What the test payment provider's process finds in its environment. */
export const paymentsEnvironment = (
  shared: Shared,
  databaseUrl: string | undefined,
): NodeJS.ProcessEnv => ({
  ...common(shared),
  HOST: '127.0.0.1',
  DATABASE_URL_PAYMENTS: databaseUrl,
});

/**
 * What a subgraph's process finds in its environment.
 *
 * @param paymentsUrl where the test payment provider is reached, for the cart
 */
export const subgraphEnvironment = (
  shared: Shared,
  name: SubgraphName,
  databaseUrl: string | undefined,
  paymentsUrl?: string,
): NodeJS.ProcessEnv => ({
  ...common(shared),
  HOST: '127.0.0.1',
  ...ownSettings(shared, name, databaseUrl, paymentsUrl),
});

/** What the process that makes up a subgraph finds in its environment. */
export const mockEnvironment = (shared: Shared, name: SubgraphName): NodeJS.ProcessEnv => ({
  ...common(shared),
  HOST: '127.0.0.1',
  MOCK_SUBGRAPH: name,
  MOCK_SCHEMA: path.join(ROOT, 'subgraphs', name, 'schema.graphql'),
});

/** Where a subgraph that is not in the router's process is asked: one or more GraphQL endpoints. */
export type Endpoints = BySubgraph<readonly string[] | undefined>;

/**
 * What the router's process finds in its environment, and what the subgraphs that run in it do.
 *
 * @param capacityUrl whom it tells how many replicas are needed, where somebody wants to know
 */
export const routerEnvironment = (
  shared: Shared,
  endpoints: Endpoints,
  databaseUrls: BySubgraph<string | undefined>,
  paymentsUrl?: string,
  capacityUrl?: string,
): NodeJS.ProcessEnv => {
  const inProcess = subgraphsIn(shared.topology, 'in-process');
  const routing = SUBGRAPHS.flatMap((name) => {
    const urls = endpoints[name];
    return urls === undefined ? [] : [[`ROUTING_URL_${name.toUpperCase()}`, urls.join(',')]];
  });
  return Object.assign(
    common(shared),
    ...inProcess.map((name) => ownSettings(shared, name, databaseUrls[name], paymentsUrl)),
    {
      HOST: shared.settings.host,
      SUPERGRAPH: path.join(ROOT, 'supergraph.graphql'),
      SERVICE_OPERATIONS: path.join(ROOT, 'operations', 'services'),
      IDENTITY_PROVIDERS: identityProviders(shared, endpoints),
      ...Object.fromEntries(routing),
      PASS_THROUGH: passThrough(endpoints),
      DEVELOPMENT_IDENTITY: shared.settings.developmentIdentity,
      ...(capacityUrl !== undefined && { CAPACITY_WEBHOOK_URL: capacityUrl }),
      ...(inProcess.length > 0 && { IN_PROCESS: inProcess.join(',') }),
    },
  );
};

/** The market's own users, unless they are made up and sign nothing, and whoever else the environment names. */
const identityProviders = ({ publicUrl, topology }: Shared, { users }: Endpoints): string => {
  const others = process.env['IDENTITY_PROVIDERS'] ?? '';
  const [url] = topology.users.kind === 'mock' ? [] : (users ?? []);
  const own = url === undefined ? [] : [`${publicUrl}=${new URL(KEY_SET_PATH, url).href}`];
  return [...own, others].filter((each) => each !== '').join(',');
};

/** Own paths are served beside the GraphQL endpoint; those of the router's process it finds itself. */
const passThrough = (endpoints: Endpoints): string =>
  Object.entries(OWN_PATHS)
    .flatMap(
      ([path, name]) => endpoints[name]?.map((url) => `${path}=${new URL(url).origin}`) ?? [],
    )
    .join(',');
