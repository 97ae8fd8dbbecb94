import { host, str, url } from 'envalid';
import { LOG_LEVELS, type LogLevel } from '../process/log.ts';
import {
  listeningPort,
  mode,
  readSettings,
  refuseDevelopmentSecret,
  secret,
  wholeNumber,
} from '../process/settings.ts';

/** What the test payment provider needs to know to start. */
export interface PaymentsSettings {
  readonly logLevel: LogLevel;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The key that its bearer key is derived from. */
  readonly signingSecret: string;
  readonly databaseUrl: string;
  /** How long `card_slow` lets wait, in milliseconds. */
  readonly slowCardMs: number;
}

export const paymentsSpecs = {
  NODE_ENV: mode({ default: 'development', desc: 'development, production or test' }),
  LOG_LEVEL: str({ choices: LOG_LEVELS, default: 'info', desc: 'the least severe line to log' }),
  HOST: host({ default: '127.0.0.1', desc: 'the address to listen on' }),
  PORT: listeningPort({ default: 0, desc: 'the port to listen on; 0 takes a free one' }),
  SIGNING_SECRET: secret({ desc: 'the key that router and subgraphs share, at least 32 bytes' }),
  DATABASE_URL_PAYMENTS: url({
    desc: 'the PostgreSQL database of the test payment provider, as a postgresql:// URL',
  }),
  SLOW_CARD_MS: wholeNumber(0)({
    default: 8_000,
    desc: 'how long the test payment provider lets wait for card_slow, in milliseconds',
  }),
} as const;

/** @throws SettingsError in one line that says which setting is wrong and why. */
export const readPaymentsSettings = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): PaymentsSettings => {
  const values = readSettings(paymentsSpecs, environment);
  refuseDevelopmentSecret('SIGNING_SECRET', values.SIGNING_SECRET, values.NODE_ENV);
  return {
    logLevel: values.LOG_LEVEL,
    host: values.HOST,
    port: values.PORT,
    signingSecret: values.SIGNING_SECRET,
    databaseUrl: values.DATABASE_URL_PAYMENTS,
    slowCardMs: values.SLOW_CARD_MS,
  };
};
