import type { Logger } from '../../process/log.ts';
import type { Limit } from '../limits/limits.ts';
import type { RedisClient } from '../redis.ts';
import { countInMemory, countInRedis } from './count.ts';
import { createRate, type Rate } from './rate.ts';
import { countShared } from './shared-count.ts';

export interface RateSettings {
  /** Of these, 0 is no limit. */
  readonly requestsPerMinutePerViewer: number;
  readonly requestsPerMinutePerAddress: number;
  readonly costPerMinute: number;
}

/** What clients may have a minute; null where they may have any. */
export interface Rates {
  readonly viewerRequests: Rate | null;
  readonly addressRequests: Rate | null;
  readonly costs: Rate | null;
}

/**
 * Begins to count.
 *
 * @param redis where routers count together; null where each counts for itself
 */
export const openRates = (
  settings: RateSettings,
  redis: RedisClient | null,
  log: Logger,
): Rates => {
  const { requestsPerMinutePerViewer, requestsPerMinutePerAddress, costPerMinute } = settings;
  const rate = (limit: Limit, perMinute: number, what: string): Rate | null => {
    if (perMinute === 0) return null;
    const own = countInMemory(limit);
    const count = redis === null ? own : countShared(countInRedis(limit, redis), own, log);
    return createRate(limit, perMinute, what, count);
  };
  return {
    viewerRequests: rate('REQUESTS_PER_MINUTE_PER_VIEWER', requestsPerMinutePerViewer, 'requests'),
    addressRequests: rate(
      'REQUESTS_PER_MINUTE_PER_ADDRESS',
      requestsPerMinutePerAddress,
      'requests',
    ),
    costs: rate('COST_PER_MINUTE', costPerMinute, 'points of cost'),
  };
};
