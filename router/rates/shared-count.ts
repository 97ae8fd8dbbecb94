import type { Logger } from '../../process/log.ts';
import type { Count, Counted } from './count.ts';

/** How long an answer waits for the count that routers share, in milliseconds. */
const TIMEOUT_MS = 100;

/** How long a count that failed is not asked again, in milliseconds. */
const PAUSE_MS = 1_000;

/**
 * Counts by `shared`, and where that fails or takes too long by `own`, which knows of this router alone: a
 * limit that is kept by each router for itself is better than none, and than no answers. While `shared`
 * hangs, one request a second waits for it, and only so long.
 */
export const countShared = (shared: Count, own: Count, log: Logger): Count => {
  let pausedUntil = 0;
  return async (key, some) => {
    if (Date.now() < pausedUntil) return own(key, some);
    try {
      return await inTime(shared(key, some));
    } catch (error) {
      if (Date.now() >= pausedUntil) log.debug({ err: error }, 'counted without the other routers');
      pausedUntil = Date.now() + PAUSE_MS;
      return own(key, some);
    }
  };
};

const inTime = (counting: Promise<Counted>): Promise<Counted> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('took too long')), TIMEOUT_MS);
    counting.then(resolve, reject).finally(() => clearTimeout(timer));
  });
