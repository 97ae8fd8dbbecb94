/**
 * How many requests may be under way at once, as it is found out from how long they take: "Gradient2" of
 * Netflix's concurrency-limits (https://github.com/Netflix/concurrency-limits). Where requests take as
 * long as ever, there is room for more; where they take longer, they wait for each other somewhere, and
 * more at once would only make all of them slower.
 *
 * Times are told as multiples of what the same operation takes usually, since a short one beside a long one
 * is no sign of anything.
 */
export interface ConcurrencyLimit {
  readonly current: () => number;
  /**
   * A request has ended.
   *
   * @param slowness how long it took, as a multiple of what it takes usually
   * @param inFlight how many were under way when it ended, itself included
   */
  readonly learn: (slowness: number, inFlight: number) => void;
}

/** So much longer than usual is no sign of waiting. */
const TOLERANCE = 2;
/** How much of what was just learnt counts. */
const SMOOTHING = 0.2;

export const createConcurrencyLimit = (min: number, max: number): ConcurrencyLimit => {
  let limit = Math.min(max, Math.max(min, 4 * min));
  return {
    current: () => Math.floor(limit),
    learn: (slowness, inFlight) => {
      // Of a limit that is far from being reached nothing can be learnt.
      if (inFlight < limit / 2) return;
      const gradient = Math.max(0.5, Math.min(1, TOLERANCE / slowness));
      // Room for a few more than are needed now, by which it grows.
      const next = limit * gradient + Math.sqrt(limit);
      limit = Math.max(min, Math.min(max, limit + SMOOTHING * (next - limit)));
    },
  };
};
