import {
  type Environment,
  readSettings,
  refuseDevelopmentSecret,
  SettingsError,
  type Values,
} from '../process/settings.ts';
import type { CacheSettings } from './cache/open.ts';
import type { CapacitySettings } from './capacity/capacity.ts';
import { cacheSpecs, readCacheSettings } from './settings/cache.ts';
import { capacitySpecs, readCapacitySettings } from './settings/capacity.ts';
import { type ClientSettings, clientSpecs, readClientSettings } from './settings/clients.ts';
import { type IdentitySettings, identitySpecs, readIdentitySettings } from './settings/identity.ts';
import { type LimitSettings, limitSpecs, readLimitSettings } from './settings/limits.ts';
import { type ObserveSettings, observeSpecs, readObserveSettings } from './settings/observe.ts';
import {
  type OperationSettings,
  operationSpecs,
  readOperationSettings,
} from './settings/operations.ts';
import { type ClientRateSettings, rateSpecs, readRateSettings } from './settings/rates.ts';
import { readServerSettings, type ServerSettings, serverSpecs } from './settings/server.ts';
import {
  readSubgraphCallSettings,
  type SubgraphCallSettings,
  subgraphCallSpecs,
} from './settings/subgraphs.ts';
import {
  readSubscriptionSettings,
  type SubscriptionSettings,
  subscriptionSpecs,
} from './settings/subscriptions.ts';
import {
  readSupergraphSettings,
  type SupergraphSettings,
  supergraphSpecs,
} from './settings/supergraph.ts';

/** Everything that the router can be told from outside, each theme by a file in `settings/`. */
export interface RouterSettings
  extends ServerSettings,
    SupergraphSettings,
    OperationSettings,
    IdentitySettings,
    ClientSettings,
    LimitSettings,
    ClientRateSettings,
    SubgraphCallSettings,
    CacheSettings,
    SubscriptionSettings,
    ObserveSettings,
    CapacitySettings {}

/** The router's settings by the name of their environment variable; the README lists the same. */
export const routerSpecs = {
  ...serverSpecs,
  ...supergraphSpecs,
  ...operationSpecs,
  ...identitySpecs,
  ...clientSpecs,
  ...limitSpecs,
  ...rateSpecs,
  ...subgraphCallSpecs,
  ...cacheSpecs,
  ...subscriptionSpecs,
  ...observeSpecs,
  ...capacitySpecs,
} as const;

/**
 * The router's settings from the environment.
 *
 * @throws SettingsError in one line that says which setting is wrong and why.
 */
export const readRouterSettings = (environment: Environment = process.env): RouterSettings => {
  const values = readSettings(routerSpecs, environment);
  const where = values.NODE_ENV;
  refuseTogether(values);
  return {
    ...readServerSettings(values),
    ...readSupergraphSettings(values),
    ...readOperationSettings(values),
    ...readIdentitySettings(values),
    ...readClientSettings(values, where),
    ...readLimitSettings(values),
    ...readRateSettings(values, where),
    ...readSubgraphCallSettings(values, environment),
    ...readCacheSettings(values),
    ...readSubscriptionSettings(values),
    ...readObserveSettings(values, where),
    ...readCapacitySettings(values),
  };
};

/** Settings that are good each, but not with the others. */
const refuseTogether = (values: Values<typeof routerSpecs>): void => {
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
  if (values.SCHEMA_USAGE === 'on' && values.METRICS_PORT === undefined) {
    throw new SettingsError('SCHEMA_USAGE: it is counted at /metrics; set METRICS_PORT too.');
  }
  if (values.CAPACITY_WEBHOOK_URL !== undefined && values.SIGNING_SECRET === undefined) {
    throw new SettingsError(
      'CAPACITY_WEBHOOK_URL: what is told there is signed; set SIGNING_SECRET too.',
    );
  }
};
