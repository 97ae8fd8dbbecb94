/** Counts what one subgraph is asked, in a process of the router. */
export interface Meter {
  /** A request begins; gives when, by `performance.now()`. */
  readonly begin: () => number;
  /**
   * It is over.
   *
   * @param began when it began, where how long it took says something of the subgraph; null where
   *   its client decided that, as with a download
   */
  readonly end: (began: number | null) => void;
  /** What was measured since this was called last. */
  readonly take: () => Sample;
}

/** What was measured in a second or so. */
export interface Sample {
  /** How many requests were under way, on average over the time. */
  readonly load: number;
  /** How long those that ended took on average, in milliseconds; null where there were none. */
  readonly latencyMs: number | null;
}

/** @param now in milliseconds, from anywhere */
export const createMeter = (now: () => number = () => performance.now()): Meter => {
  let since = now();
  let until = since;
  let underWay = 0;
  /** Requests times milliseconds. */
  let area = 0;
  let latencies = 0;
  let ended = 0;

  const advance = (): number => {
    const time = now();
    area += underWay * (time - until);
    until = time;
    return time;
  };
  return {
    begin: () => {
      const time = advance();
      underWay += 1;
      return time;
    },
    end: (began) => {
      const time = advance();
      underWay -= 1;
      if (began === null) return;
      latencies += time - began;
      ended += 1;
    },
    take: () => {
      const time = advance();
      const load = time === since ? underWay : area / (time - since);
      const latencyMs = ended === 0 ? null : latencies / ended;
      since = time;
      area = 0;
      latencies = 0;
      ended = 0;
      return { load, latencyMs };
    },
  };
};
