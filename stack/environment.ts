import path from 'node:path';
import type { DataFolder } from './data-folder.ts';
import { ROOT } from './folders.ts';
import type { StackSettings } from './settings.ts';
import { type BySubgraph, SUBGRAPHS, type SubgraphName } from './subgraphs.ts';

/** What every process is told. */
export interface Shared {
  readonly settings: StackSettings;
  readonly data: DataFolder;
  readonly signingSecret: string;
  readonly publicUrl: string;
}

/** Settings of the launcher, and of one subgraph only: no process sees another's database. */
const WITHHELD = new Set([
  'DATA_DIR',
  'SEED',
  'PORT',
  ...SUBGRAPHS.map((name) => `DATABASE_URL_${name.toUpperCase()}`),
]);

const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !WITHHELD.has(name)));

const common = ({ settings, signingSecret, publicUrl }: Shared): NodeJS.ProcessEnv => ({
  ...inherited(),
  NODE_ENV: settings.mode,
  LOG_LEVEL: settings.logLevel,
  SIGNING_SECRET: signingSecret,
  PUBLIC_URL: publicUrl,
  // Apollo's libraries report usage to their maker unless told not to.
  APOLLO_TELEMETRY_DISABLED: 'true',
});

/** What a subgraph's process finds in its environment. */
export const subgraphEnvironment = (
  shared: Shared,
  name: SubgraphName,
  databaseUrl: string,
): NodeJS.ProcessEnv => ({
  ...common(shared),
  HOST: '127.0.0.1',
  [`DATABASE_URL_${name.toUpperCase()}`]: databaseUrl,
  ...(name === 'media' ? { MEDIA_DIR: shared.data.media } : {}),
});

/** What the router's process finds in its environment, given where the subgraphs listen. */
export const routerEnvironment = (shared: Shared, urls: BySubgraph<string>): NodeJS.ProcessEnv => {
  const routing = SUBGRAPHS.map((name) => [
    `ROUTING_URL_${name.toUpperCase()}`,
    `${urls[name]}/graphql`,
  ]);
  return {
    ...common(shared),
    HOST: shared.settings.host,
    SUPERGRAPH: path.join(ROOT, 'supergraph.graphql'),
    ...Object.fromEntries(routing),
    PASS_THROUGH: `/media=${urls.media},/.well-known=${urls.users},/webhooks=${urls.cart}`,
    DEVELOPMENT_IDENTITY: shared.settings.developmentIdentity,
  };
};
