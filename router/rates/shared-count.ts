import type { Logger } from '../../process/log.ts';
import type { Count, Counted } from './count.ts';

/** How long an answer waits for the count that routers share, in milliseconds. */
const TIMEOUT_MS = 100;

/** How long a count that took too long is not asked again, in milliseconds. */
const PAUSE_MS = 1_000;

/**
 * Counts by `shared`, and where that fails or takes too long by `own`, which knows of this router alone: a
 * limit that each router keeps for itself is better than none, and than no answers. While `shared` hangs, which
 * is logged once, those who ask at one moment in a second wait for it, and only so long.
 */
export const countShared = (shared: Count, own: Count, log: Logger): Count => {
  let pausedUntil = 0;
  let hangs = false;
  return async (key, some) => {
    if (Date.now() < pausedUntil) return own(key, some);
    try {
      const counted = await inTime(shared(key, some));
      hangs = false;
      return counted;
    } catch (error) {
      // What fails at once need not be spared.
      if (error === TOOK_TOO_LONG) {
        pausedUntil = Date.now() + PAUSE_MS;
        if (!hangs) log.warn('Redis does not answer: this router counts alone meanwhile');
        hangs = true;
      }
      return own(key, some);
    }
  };
};

const TOOK_TOO_LONG = new Error('took too long');

const inTime = (counting: Promise<Counted>): Promise<Counted> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(TOOK_TOO_LONG), TIMEOUT_MS);
    counting.then(resolve, reject).finally(() => clearTimeout(timer));
  });
