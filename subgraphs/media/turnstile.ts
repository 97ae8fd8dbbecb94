/** There is more work than can be done soon. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

/** Does work, a few pieces at a time and the rest in the order that it came. */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * @param atOnce how many pieces are under way at most
 * @param waiting how many wait at most; more are refused with a BusyError
 */
export const createTurnstile = (atOnce: number, waiting: number): Turnstile => {
  const queue: (() => void)[] = [];
  let free = atOnce;

  const enter = async (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (queue.length >= waiting) throw new BusyError('Too much is waiting already.');
    // Whoever leaves hands its place over, so that nobody gets in between.
    await new Promise<void>((resolve) => queue.push(resolve));
  };

  const leave = (): void => {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  };

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
};
