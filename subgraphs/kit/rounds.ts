import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../process/log.ts';

/** Work that comes round again. */
export interface Rounds {
  /** No more rounds; resolves when the one under way is over. */
  readonly stop: () => Promise<void>;
}

/**
 * Does `round` at once and then again and again, for as long as the process runs. What fails is logged
 * and tried again.
 *
 * @param what is done, such as `release expired holds`
 */
export const keepDoing = (
  what: string,
  everyMs: number,
  round: () => Promise<void>,
  log: Logger,
): Rounds => {
  const stopping = new AbortController();
  const { signal } = stopping;

  const rounds = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await round();
      } catch (error) {
        log.warn({ err: error }, `could not ${what}`);
      }
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => {});
    }
  };

  const running = rounds();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
};
