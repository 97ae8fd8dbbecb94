import { availableParallelism } from 'node:os';
import { host, makeValidator, str } from 'envalid';
import { LOG_LEVELS, type LogLevel } from '../../process/log.ts';
import { listeningPort, type Mode, mode, type Values } from '../../process/settings.ts';

/** Where the router runs, and on what. */
export interface ServerSettings {
  readonly mode: Mode;
  readonly logLevel: LogLevel;
  readonly host: string;
  readonly port: number;
  /** How many processes serve on the port; 1 is this one alone. */
  readonly workers: number;
}

const MAX_WORKERS = 64;

/** Cores are those that the process may use, whatever share of their time a container gives it. */
const workers = makeValidator<number>((text) => {
  const count = text === 'auto' ? availableParallelism() : Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MAX_WORKERS) return count;
  throw new Error(`"${text}" is neither auto nor a whole number from 1 to ${MAX_WORKERS}`);
});

export const serverSpecs = {
  NODE_ENV: mode({ default: 'development', desc: 'development, production or test' }),
  LOG_LEVEL: str({ choices: LOG_LEVELS, default: 'info', desc: 'the least severe line to log' }),
  HOST: host({ default: '127.0.0.1', desc: 'the address to listen on' }),
  PORT: listeningPort({ default: 4000, desc: 'the port to listen on; 0 takes a free one' }),
  ROUTER_WORKERS: workers({
    default: 1,
    desc: 'how many processes of the router serve on its port; auto is one for each core',
  }),
} as const;

export const readServerSettings = (values: Values<typeof serverSpecs>): ServerSettings => ({
  mode: values.NODE_ENV,
  logLevel: values.LOG_LEVEL,
  host: values.HOST,
  port: values.PORT,
  workers: values.ROUTER_WORKERS,
});
