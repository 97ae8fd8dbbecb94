import { createClient } from '@redis/client';
import type { Logger } from '../process/log.ts';

const CONNECT_TIMEOUT_MS = 2_000;
const MAX_PAUSE_MS = 2_000;

/**
 * Begins to connect. Nobody waits for it: what is asked before it is there, or while it is away, fails at once.
 * That it is away is logged once, and that it is there.
 */
export const connectRedis = (url: string, log: Logger) => {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectStrategy: (attempt) => Math.min(50 * 2 ** attempt, MAX_PAUSE_MS),
    },
  });
  let away = false;
  client.on('error', (error: unknown) => {
    if (!away) log.warn({ err: error }, 'Redis is away: this router goes by itself meanwhile');
    away = true;
  });
  client.on('ready', () => {
    log.info('Redis is there: what routers share is shared');
    away = false;
  });
  // Rejects only when it is closed before it was open.
  client.connect().catch(() => {});
  return client;
};

/** A connection to Redis, which comes back by itself. */
export type RedisClient = ReturnType<typeof connectRedis>;
