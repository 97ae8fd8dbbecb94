import type { Logger } from '../../process/log.ts';
import type { Limit } from '../limits/limits.ts';
import { countInMemory, countInRedis } from './count.ts';
import { createRate, type Rate } from './rate.ts';
import { connectRedis } from './redis.ts';
import { countShared } from './shared-count.ts';

export interface RateSettings {
  /** Of these, 0 is no limit. */
  readonly requestsPerMinutePerViewer: number;
  readonly requestsPerMinutePerAddress: number;
  readonly costPerMinute: number;
  /** Where routers count together; null where each counts for itself. */
  readonly redisUrl: string | null;
}

/** What clients may have a minute; null where they may have any. */
export interface Rates {
  readonly viewerRequests: Rate | null;
  readonly addressRequests: Rate | null;
  readonly costs: Rate | null;
  readonly close: () => void;
}

/** @throws nothing, also where Redis is away: see `countShared` */
export const openRates = (settings: RateSettings, log: Logger): Rates => {
  const { requestsPerMinutePerViewer, requestsPerMinutePerAddress, costPerMinute } = settings;
  const isUsed = requestsPerMinutePerViewer + requestsPerMinutePerAddress + costPerMinute > 0;
  const redis = settings.redisUrl === null || !isUsed ? null : connectRedis(settings.redisUrl, log);
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
    close: () => redis?.destroy(),
  };
};
