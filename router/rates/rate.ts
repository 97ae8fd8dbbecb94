import type { Limit } from '../limits/limits.ts';
import { refusal } from '../refusal.ts';
import type { Count } from './count.ts';

/** So much a minute and client. */
export interface Rate {
  /**
   * Takes some of what `client` may have. Whoever has anything left gets it, though it be more than is left:
   * else what costs more than a minute's worth would never pass.
   *
   * @throws Refusal RATE_LIMITED where nothing is left
   */
  readonly take: (client: string, some: number) => Promise<void>;
}

/**
 * @param limit the setting that says how much
 * @param what is counted, in words
 */
export const createRate = (limit: Limit, perMinute: number, what: string, count: Count): Rate => ({
  take: async (client, some) => {
    const { taken, msLeft } = await count(client, some);
    if (taken - some < perMinute) return;
    const retryAfterS = Math.max(1, Math.ceil(msLeft / 1_000));
    throw refusal(
      'RATE_LIMITED',
      `You have asked for more than ${perMinute} ${what} a minute (${limit}); ask again in ${retryAfterS} s.`,
      { limit, retryAfterS },
    );
  },
});
