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
   * @param isBusy whether this process has hardly a moment without work
   */
  readonly learn: (slowness: number, inFlight: number, isBusy: boolean) => void;
}

/** The bounds of a limit. */
export interface Bounds {
  /** However slow requests are. */
  readonly min: number;
  /** However slow they are, while this process has time: then a service is slow, which not all of them ask. */
  readonly minIdle: number;
  /** At first. */
  readonly start: number;
  readonly max: number;
}

/** So much longer than usual is no sign of waiting. */
const TOLERANCE = 2;
/**
 * How much of what was just learnt counts. What is learnt comes late by as long as requests take: a limit that rises as
 * fast as it falls would swing.
 */
const RISE = 0.05;
const FALL = 0.2;

export const createConcurrencyLimit = ({ min, minIdle, start, max }: Bounds): ConcurrencyLimit => {
  let limit = start;
  return {
    current: () => Math.floor(limit),
    learn: (slowness, inFlight, isBusy) => {
      // Of a limit that is far from being reached nothing can be learnt.
      if (inFlight < limit / 2) return;
      const gradient = Math.max(0.5, Math.min(1, TOLERANCE / slowness));
      // Room for a few more than are needed now, by which it grows.
      const next = limit * gradient + Math.sqrt(limit);
      const least = isBusy ? min : Math.min(minIdle, limit);
      limit = Math.max(least, Math.min(max, limit + (next > limit ? RISE : FALL) * (next - limit)));
    },
  };
};
