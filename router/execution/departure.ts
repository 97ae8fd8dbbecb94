/**
 * Whether anybody still waits for an answer. Less than an AbortSignal, whose listeners cost a request
 * of eight fetches 16 µs of CPU where these cost 0.8 (Node 20.20).
 */
export interface Departure {
  readonly hasLeft: () => boolean;
  /**
   * Calls `listener` when nobody waits any more, unless that is so already.
   *
   * @returns what forgets it
   */
  readonly onLeave: (listener: () => void) => () => void;
}

/** A departure, and what brings it about. */
export interface Awaited extends Departure {
  readonly leave: () => void;
}

export const createDeparture = (): Awaited => {
  const listeners = new Set<() => void>();
  let left = false;
  return {
    hasLeft: () => left,
    onLeave: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    leave: () => {
      if (left) return;
      left = true;
      for (const listener of listeners) listener();
      listeners.clear();
    },
  };
};

/** Of what is done for several: it is over when all of them have left; null where one will not. */
export const departureOfAll = (departures: readonly (Departure | null)[]): Departure | null => {
  const [first, ...others] = departures;
  if (first === undefined || first === null || others.length === 0) return first ?? null;
  if (others.includes(null)) return null;
  const all = departures as readonly Departure[];
  const haveAllLeft = (): boolean => all.every((one) => one.hasLeft());
  return {
    hasLeft: haveAllLeft,
    onLeave: (listener) => {
      const forgets = all.map((one) =>
        one.onLeave(() => {
          if (haveAllLeft()) listener();
        }),
      );
      return () => {
        for (const forget of forgets) forget();
      };
    },
  };
};
