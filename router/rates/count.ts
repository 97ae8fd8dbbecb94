import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
} from 'rate-limiter-flexible';
import type { RedisClient } from '../redis.ts';

/** What was taken under a key in the minute that it is in. */
export interface Counted {
  /** By all together, this one included. */
  readonly taken: number;
  /** Until it begins anew, in milliseconds. */
  readonly msLeft: number;
}

/** Takes some under a key, and tells how much was taken. */
export type Count = (key: string, some: number) => Promise<Counted>;

const MINUTE_S = 60;

/** Counts in this process alone. */
export const countInMemory = (name: string): Count =>
  counting(new RateLimiterMemory({ ...OPTIONS, keyPrefix: name }));

/** Counts together with every router that has the same Redis; rejects where that cannot be asked. */
export const countInRedis = (name: string, client: RedisClient): Count =>
  counting(
    new RateLimiterRedis({
      ...OPTIONS,
      keyPrefix: `emporium:${name}`,
      storeClient: client,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
    }),
  );

/** What is too much is decided by whoever counts. */
const OPTIONS = { points: Number.MAX_SAFE_INTEGER, duration: MINUTE_S } as const;

const counting =
  (limiter: RateLimiterAbstract): Count =>
  async (key, some) => {
    const { consumedPoints, msBeforeNext } = await limiter.consume(key, some);
    return { taken: consumedPoints, msLeft: msBeforeNext };
  };
