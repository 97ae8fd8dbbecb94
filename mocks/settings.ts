import { host, str, url } from 'envalid';
import { LOG_LEVELS, type LogLevel } from '../process/log.ts';
import { listeningPort, mode, readSettings, SettingsError, secret } from '../process/settings.ts';

/** What a mock needs to know to start. */
export interface MockSettings {
  readonly logLevel: LogLevel;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The key of the router's signature. */
  readonly signingSecret: string;
  /** Where clients reach the router, without a slash at the end. */
  readonly publicUrl: string;
  /** Which subgraph it stands for. */
  readonly subgraph: string;
  /** The file of its schema. */
  readonly schema: string;
  /** The file of its examples; null for the one beside the schema, where there is one. */
  readonly examples: string | null;
}

/** The settings of a mock by the name of their environment variable. */
export const mockSpecs = {
  NODE_ENV: mode({ default: 'development', desc: 'development, production or test' }),
  LOG_LEVEL: str({ choices: LOG_LEVELS, default: 'info', desc: 'the least severe line to log' }),
  HOST: host({ default: '127.0.0.1', desc: 'the address to listen on' }),
  PORT: listeningPort({ default: 0, desc: 'the port to listen on; 0 takes a free one' }),
  SIGNING_SECRET: secret({ desc: 'the key that router and subgraphs share, at least 32 bytes' }),
  PUBLIC_URL: url({ default: 'http://localhost:4000', desc: 'where clients reach the router' }),
  MOCK_SUBGRAPH: str({ desc: 'the name of the subgraph that a mock stands for' }),
  MOCK_SCHEMA: str({ desc: 'the file of its schema' }),
  MOCK_EXAMPLES: str({
    default: undefined,
    desc: 'the file of its examples; the default is `examples.yaml` or `examples.json` beside its schema, where there is one',
  }),
} as const;

/** @throws SettingsError in one line that says which setting is wrong and why. */
export const readMockSettings = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): MockSettings => {
  const values = readSettings(mockSpecs, environment);
  if (values.NODE_ENV === 'production') {
    throw new SettingsError(
      'NODE_ENV: production, where nothing is made up: start the subgraph itself instead of a mock',
    );
  }
  return {
    logLevel: values.LOG_LEVEL,
    host: values.HOST,
    port: values.PORT,
    signingSecret: values.SIGNING_SECRET,
    publicUrl: values.PUBLIC_URL.replace(/\/+$/, ''),
    subgraph: values.MOCK_SUBGRAPH,
    schema: values.MOCK_SCHEMA,
    examples: values.MOCK_EXAMPLES ?? null,
  };
};
