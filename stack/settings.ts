import path from 'node:path';
import { host, port, str, url } from 'envalid';
import { LOG_LEVELS, type LogLevel } from '../process/log.ts';
import {
  type Mode,
  mode,
  readSettings,
  refuseDevelopmentSecret,
  SettingsError,
  secret,
} from '../process/settings.ts';
import { routerSpecs } from '../router/settings.ts';
import { cartSpecs } from '../subgraphs/cart/settings.ts';
import { ROOT } from './folders.ts';
import { type ReplicaRange, replicaRange } from './replicas.ts';
import { type BySubgraph, bySubgraph } from './subgraphs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the launcher needs to know to start everything on this machine. */
export interface StackSettings {
  readonly mode: Mode;
  readonly logLevel: LogLevel;
  /** Where the router listens. */
  readonly host: string;
  readonly port: number;
  /** How many processes the router has. */
  readonly routerWorkers: number;
  /** Where clients reach it; undefined is `http://localhost:<port>`. */
  readonly publicUrl: string | undefined;
  /** Absolute. */
  readonly dataFolder: string;
  /** Servers of one's own; undefined is a database of the embedded PostgreSQL. */
  readonly databaseUrls: BySubgraph<string | undefined>;
  /** The same for the test payment provider. */
  readonly paymentsDatabaseUrl: string | undefined;
  /** Who moves the money; undefined where production does not say, and the cart refuses to start. */
  readonly paymentProvider: 'test' | 'stripe' | undefined;
  readonly replicas: BySubgraph<ReplicaRange>;
  /** Undefined: one is made for development. */
  readonly signingSecret: string | undefined;
  readonly developmentIdentity: 'on' | 'off';
  /** Whether to seed databases that are empty. */
  readonly seed: boolean;
}

const databaseUrl = url({
  default: undefined,
  desc: 'a PostgreSQL database of your own, as a postgresql:// URL; the default is an embedded one',
});

const replicas = replicaRange({
  default: { least: 1, most: 1 },
  desc: 'how many processes it has: 1 unless it says; a number, or a range such as 1..3 that its load decides in',
});

/** The launcher's settings by the name of their environment variable; the README lists the same. */
export const stackSpecs = {
  NODE_ENV: mode({ default: 'development', desc: 'development, production or test' }),
  LOG_LEVEL: str({ choices: LOG_LEVELS, default: 'info', desc: 'the least severe line to log' }),
  HOST: host({ default: '127.0.0.1', desc: 'the address that the router listens on' }),
  PORT: port({ default: 4000, desc: 'the port that the router listens on' }),
  ROUTER_WORKERS: routerSpecs.ROUTER_WORKERS,
  PUBLIC_URL: url({
    default: undefined,
    desc: 'where clients reach the router; the default is http://localhost:<port>',
  }),
  DATA_DIR: str({ default: '.data', desc: 'the folder for databases, media and logs' }),
  DATABASE_URL_USERS: databaseUrl,
  DATABASE_URL_CATALOG: databaseUrl,
  DATABASE_URL_CART: databaseUrl,
  DATABASE_URL_MEDIA: databaseUrl,
  DATABASE_URL_RECOMMENDATIONS: databaseUrl,
  DATABASE_URL_PAYMENTS: databaseUrl,
  REPLICAS_USERS: replicas,
  REPLICAS_CATALOG: replicas,
  REPLICAS_CART: replicas,
  REPLICAS_MEDIA: replicas,
  REPLICAS_RECOMMENDATIONS: replicas,
  PAYMENT_PROVIDER: cartSpecs.PAYMENT_PROVIDER,
  SIGNING_SECRET: secret({
    default: undefined,
    desc: 'the key that router and subgraphs share, at least 32 bytes; made up in development',
  }),
  DEVELOPMENT_IDENTITY: str({
    choices: ['on', 'off'],
    default: undefined,
    desc: 'on lets requests say who they are; the default is on in development only',
  }),
  SEED: str({
    choices: ['auto', 'on', 'off'],
    default: 'auto',
    desc: 'whether empty databases are filled with examples; auto is in development only',
  }),
} as const;

/** @throws SettingsError in one line that says which setting is wrong and why. */
export const readStackSettings = (environment: Environment): StackSettings => {
  const values = readSettings(stackSpecs, environment);
  const where = values.NODE_ENV;
  const identity = values.DEVELOPMENT_IDENTITY ?? (where === 'production' ? 'off' : 'on');
  if (where === 'production') refuseForProduction(values.SIGNING_SECRET, identity);
  return {
    mode: where,
    logLevel: values.LOG_LEVEL,
    host: values.HOST,
    port: values.PORT,
    routerWorkers: values.ROUTER_WORKERS,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ''),
    dataFolder: path.resolve(ROOT, values.DATA_DIR),
    databaseUrls: bySubgraph((name) => values[`DATABASE_URL_${upperCase(name)}`]),
    paymentsDatabaseUrl: values.DATABASE_URL_PAYMENTS,
    paymentProvider: values.PAYMENT_PROVIDER ?? (where === 'production' ? undefined : 'test'),
    replicas: bySubgraph((name) => values[`REPLICAS_${upperCase(name)}`]),
    signingSecret: values.SIGNING_SECRET,
    developmentIdentity: identity,
    seed: values.SEED === 'on' || (values.SEED === 'auto' && where !== 'production'),
  };
};

const upperCase = <T extends string>(name: T) => name.toUpperCase() as Uppercase<T>;

const refuseForProduction = (signingSecret: string | undefined, identity: 'on' | 'off'): void => {
  if (signingSecret === undefined) {
    throw new SettingsError(
      `Bad settings. SIGNING_SECRET: not set, and production needs one of your own (${stackSpecs.SIGNING_SECRET.desc}): make one with \`openssl rand -hex 32\``,
    );
  }
  refuseDevelopmentSecret('SIGNING_SECRET', signingSecret, 'production');
  if (identity === 'on') {
    throw new SettingsError(
      'Bad settings. DEVELOPMENT_IDENTITY: "on" lets anyone be anyone, which production refuses: leave it out',
    );
  }
};
