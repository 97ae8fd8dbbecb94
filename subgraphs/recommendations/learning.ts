import type { Logger } from '../../process/log.ts';

const EVERY_MS = 60_000;

/** Work that comes round again. */
export interface Learning {
  /** No more rounds; resolves when the one under way is over. */
  readonly stop: () => Promise<void>;
}

/**
 * Does `learn` at once and then a minute after it was done, for as long as the process runs. What
 * fails is logged and tried again a minute later.
 */
export const keepLearning = (
  learn: () => Promise<string>,
  log: Logger,
  everyMs: number = EVERY_MS,
): Learning => {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const round = async (): Promise<void> => {
    try {
      const started = performance.now();
      const outcome = await learn();
      log.debug({ outcome, ms: Math.round(performance.now() - started) }, 'learnt from events');
    } catch (error) {
      log.warn({ err: error }, 'could not learn from events');
    }
    if (!stopped) timer = setTimeout(() => (underWay = round()), everyMs).unref();
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
