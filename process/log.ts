import { type Logger, pino } from 'pino';

export type { Logger };

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Structured lines on standard output; the launcher gathers them into one file. */
export const createLog = (name: string, level: LogLevel): Logger =>
  pino({
    name,
    level,
    redact: ['*.password', '*.authorization', '*.cookie', 'req.headers.authorization'],
  });
