import { LRUCache } from 'lru-cache';

/** How long each operation takes usually. */
export interface UsualTimes {
  /**
   * Learns from one more time.
   *
   * @returns the time as a multiple of what is usual; 1 for an operation that is new
   */
  readonly learn: (operation: string, ms: number) => number;
}

const OPERATIONS = 1_000;

/**
 * How much of a longer time counts, and of a shorter one. What is usual is what an operation takes while
 * nothing waits: it falls at once and rises slowly, so that an overload of a minute does not become usual.
 */
const RISE = 0.002;
const FALL = 0.2;

/** Below so many milliseconds a time says more of the clock than of the operation. */
const SHORTEST_MS = 2;

export const createUsualTimes = (): UsualTimes => {
  const times = new LRUCache<string, number>({ max: OPERATIONS });
  return {
    learn: (operation, given) => {
      const ms = Math.max(SHORTEST_MS, given);
      const usual = times.get(operation);
      const next = usual === undefined ? ms : usual + (ms > usual ? RISE : FALL) * (ms - usual);
      times.set(operation, next);
      return usual === undefined ? 1 : ms / usual;
    },
  };
};
