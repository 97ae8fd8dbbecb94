import type { Logger } from '../../process/log.ts';
import { SettingsError } from '../../process/settings.ts';
import type { RedisClient } from '../redis.ts';
import { createMemoryStore } from './memory-store.ts';
import { createRedisStore } from './redis-store.ts';
import type { CacheStore } from './store.ts';

export const CACHE_MODES = ['off', 'memory', 'redis'] as const;

/** Where answers are kept: nowhere, in this process, or where several routers find them. */
export type CacheMode = (typeof CACHE_MODES)[number];

export interface CacheSettings {
  readonly cache: CacheMode;
  /** In memory. */
  readonly cacheBytes: number;
}

/**
 * Opens the store.
 *
 * @returns null where nothing is kept
 * @throws SettingsError where it is to be Redis, and there is none
 */
export const openCache = (
  { cache, cacheBytes }: CacheSettings,
  redis: RedisClient | null,
  log: Logger,
): CacheStore | null => {
  switch (cache) {
    case 'off':
      return null;
    case 'memory':
      return createMemoryStore(cacheBytes);
    case 'redis':
      if (redis !== null) return createRedisStore(redis, log);
      throw new SettingsError('CACHE: redis keeps answers in Redis: set REDIS_URL.');
  }
};
