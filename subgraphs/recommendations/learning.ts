import type { Logger } from '../../process/log.ts';

const EVERY_MS = 60_000;

/** How many times as long as learning took it rests afterwards: so it takes a tenth of a core at most. */
const REST = 9;

/** Work that comes round again. */
export interface Learning {
  /** No more rounds; resolves when the one under way is over. */
  readonly stop: () => Promise<void>;
}

/**
 * Does `learn` at once and then a minute after it was done, or later where it took long, for as long as
 * the process runs. What fails is logged and tried again in the next round.
 */
export const keepLearning = (
  learn: () => Promise<string>,
  log: Logger,
  everyMs: number = EVERY_MS,
): Learning => {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const round = async (): Promise<void> => {
    const started = performance.now();
    const took = (): number => Math.round(performance.now() - started);
    try {
      const outcome = await learn();
      log.debug({ outcome, ms: took() }, 'learnt from events');
    } catch (error) {
      // What stopping broke off is no failure.
      if (!stopped) log.warn({ err: error }, 'could not learn from events');
    }
    if (stopped) return;
    timer = setTimeout(() => (underWay = round()), Math.max(everyMs, REST * took())).unref();
  };

  let underWay = round();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return underWay;
    },
  };
};
