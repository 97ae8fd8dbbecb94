import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../process/log.ts';

/** In milliseconds. */
const EVERY_MS = 5_000;

/** Work that comes round again. */
export interface Sweeping {
  /** No more rounds; resolves when the one under way is over. */
  readonly stop: () => Promise<void>;
}

/** Sweeps every few seconds for as long as the process runs. What fails is logged and tried again. */
export const keepSweeping = (sweep: () => Promise<number>, log: Logger): Sweeping => {
  const stopping = new AbortController();
  const { signal } = stopping;

  const rounds = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        const released = await sweep();
        if (released > 0) log.info({ released }, 'released expired holds');
      } catch (error) {
        log.warn({ err: error }, 'could not release expired holds');
      }
      await sleep(EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
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
