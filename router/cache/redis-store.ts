import { randomUUID } from 'node:crypto';
import type { Logger } from '../../process/log.ts';
import type { RedisClient } from '../redis.ts';
import type { CacheStore, Kept } from './store.ts';

/** How long an answer waits for what may be kept, in milliseconds. */
const TIMEOUT_MS = 100;

/** How long a store that failed is left alone, in milliseconds. */
const PAUSE_MS = 1_000;

/** How long the version of a tag is kept after it was given, in milliseconds. */
const VERSION_TTL_MS = 7 * 24 * 60 * 60 * 1_000;

const KEY = 'emporium:kept:';
const TAG = 'emporium:tag:';

/** A store that several routers share. While Redis is away nothing is kept, and nobody waits for it. */
export const createRedisStore = (redis: RedisClient, log: Logger): CacheStore => {
  let pausedUntilMs = 0;

  const inTime = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const { promise: late, timer } = failLater();
    try {
      return await Promise.race([work(), late]);
    } finally {
      clearTimeout(timer);
    }
  };

  const readNow: CacheStore['read'] = async (keys, tags) => {
    const values = await redis.mGet([
      ...keys.map((key) => KEY + key),
      ...tags.map((tag) => TAG + tag),
    ]);
    return {
      kept: keys.map((_key, at) => readKept(values[at])),
      versions: await Promise.all(
        tags.map(async (tag, at) => values[keys.length + at] ?? (await giveVersion(redis, tag))),
      ),
    };
  };

  return {
    read: async (keys, tags) => {
      if (Date.now() < pausedUntilMs) return null;
      try {
        return await inTime(() => readNow(keys, tags));
      } catch (error) {
        if (Date.now() >= pausedUntilMs) log.debug({ err: error }, 'nothing kept could be read');
        pausedUntilMs = Date.now() + PAUSE_MS;
        return null;
      }
    },
    write: (key, kept, ttlMs) => {
      redis
        .set(KEY + key, JSON.stringify(kept), { expiration: { type: 'PX', value: ttlMs } })
        .catch((error: unknown) => log.debug({ err: error }, 'nothing could be kept'));
    },
    invalidate: async (tags) => {
      if (tags.length === 0) return;
      const renewing = redis.multi();
      for (const tag of tags) {
        renewing.set(TAG + tag, randomUUID(), {
          expiration: { type: 'PX', value: VERSION_TTL_MS },
        });
      }
      await inTime(() => renewing.exec());
    },
  };
};

/** Whoever comes second takes the version that the first one gave. */
const giveVersion = async (redis: RedisClient, tag: string): Promise<string> => {
  const version = randomUUID();
  const before = await redis.set(TAG + tag, version, {
    condition: 'NX',
    expiration: { type: 'PX', value: VERSION_TTL_MS },
    GET: true,
  });
  return before ?? version;
};

const readKept = (text: string | null | undefined): Kept | null =>
  // Nobody but routers writes there.
  text == null ? null : (JSON.parse(text) as Kept);

const failLater = () => {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis took too long')), TIMEOUT_MS);
  });
  return { promise, timer };
};
