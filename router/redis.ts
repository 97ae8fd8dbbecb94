import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@redis/client';
import type { Logger } from '../process/log.ts';

const CONNECT_TIMEOUT_MS = 2_000;
const MAX_PAUSE_MS = 2_000;

/** How often it is asked whether it is there, and how long it may take to say so, in milliseconds. */
const CHECK_MS = 2_000;
const ANSWER_MS = 2_000;

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
  giveUpWhenSilent(client);
  return client;
};

/**
 * A Redis that is gone without a word closes nothing, and would be waited for as long as TCP does, which is
 * many minutes. Nothing to stop: it ends when the client is closed.
 */
const giveUpWhenSilent = (client: RedisClient): void => {
  let isAsked = false;
  const watching = setInterval(async () => {
    if (!client.isOpen) return clearInterval(watching);
    if (!client.isReady || isAsked) return;
    isAsked = true;
    const answers = client.ping().then(
      () => true,
      () => true,
    );
    const isThere = await Promise.race([answers, pause(ANSWER_MS, false, { ref: false })]);
    isAsked = false;
    if (isThere || !client.isOpen) return;
    client.destroy();
    client.connect().catch(() => {});
  }, CHECK_MS).unref();
};

/** A connection to Redis, which comes back by itself. */
export type RedisClient = ReturnType<typeof connectRedis>;
