import { performance } from 'node:perf_hooks';

/** For how long busyness is averaged, in milliseconds. */
const WINDOW_MS = 200;

/** With less than that without work, what comes has to wait. */
const BUSY_SHARE = 0.85;

/** Tells whether the event loop of this process had hardly a moment without work lately. */
export const watchBusyness = (): (() => boolean) => {
  let before = performance.eventLoopUtilization();
  let lookedMs = performance.now();
  let isBusy = false;
  return () => {
    const nowMs = performance.now();
    if (nowMs - lookedMs < WINDOW_MS) return isBusy;
    const now = performance.eventLoopUtilization();
    isBusy = performance.eventLoopUtilization(now, before).utilization > BUSY_SHARE;
    before = now;
    lookedMs = nowMs;
    return isBusy;
  };
};
