import { host, str, url } from 'envalid';
import type { LogLevel } from '../../process/log.ts';
import { LOG_LEVELS } from '../../process/log.ts';
import { tracesEndpoint } from '../../process/open-tracing.ts';
import {
  listeningPort,
  type Mode,
  mode,
  readSettings,
  refuseDevelopmentSecret,
  secret,
} from '../../process/settings.ts';

/** What every subgraph needs to know to start. */
export interface SubgraphSettings {
  readonly mode: Mode;
  readonly logLevel: LogLevel;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The key of the router's signature. */
  readonly signingSecret: string;
  /** The subgraph's own database. */
  readonly databaseUrl: string;
  /** Where clients reach the router, without a slash at the end. */
  readonly publicUrl: string;
  /** Where this service reaches the router, without a slash at the end. */
  readonly routerUrl: string;
  /** Where traces go; null where there are none. */
  readonly tracesEndpoint: string | null;
}

/** The settings that every subgraph has, beside `DATABASE_URL_<SUBGRAPH>`. */
export const subgraphSpecs = {
  NODE_ENV: mode({ default: 'development', desc: 'development, production or test' }),
  LOG_LEVEL: str({ choices: LOG_LEVELS, default: 'info', desc: 'the least severe line to log' }),
  HOST: host({ default: '127.0.0.1', desc: 'the address to listen on' }),
  PORT: listeningPort({ default: 0, desc: 'the port to listen on; 0 takes a free one' }),
  SIGNING_SECRET: secret({ desc: 'the key that router and subgraphs share, at least 32 bytes' }),
  PUBLIC_URL: url({ default: 'http://localhost:4000', desc: 'where clients reach the router' }),
  ROUTER_URL: url({
    default: 'http://127.0.0.1:4000',
    desc: 'where services reach the router, to ask one another through it',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: tracesEndpoint,
} as const;

/**
 * The settings of the subgraph `name`.
 *
 * @throws SettingsError in one line that says which setting is wrong and why.
 */
export const readSubgraphSettings = (
  name: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SubgraphSettings => {
  const databaseVariable = `DATABASE_URL_${name.toUpperCase()}`;
  const databaseSpec = { desc: `the PostgreSQL database of ${name}, as a postgresql:// URL` };
  const values = readSettings(subgraphSpecs, environment);
  const database = readSettings({ [databaseVariable]: url(databaseSpec) }, environment);
  refuseDevelopmentSecret('SIGNING_SECRET', values.SIGNING_SECRET, values.NODE_ENV);
  return {
    mode: values.NODE_ENV,
    logLevel: values.LOG_LEVEL,
    host: values.HOST,
    port: values.PORT,
    signingSecret: values.SIGNING_SECRET,
    databaseUrl: String(database[databaseVariable]),
    publicUrl: values.PUBLIC_URL.replace(/\/+$/, ''),
    routerUrl: values.ROUTER_URL.replace(/\/+$/, ''),
    tracesEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
  };
};
