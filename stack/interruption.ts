import type { Logger } from '../process/log.ts';

/**
 * npm hands a terminal's Ctrl-C on to a process that has had it from the terminal already: a second
 * one that comes this soon was not pressed.
 */
const SAME_KEY_PRESS_MS = 1000;

/** A defect of the launcher stops everything in order as well. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Waits for somebody to stop the launcher.
 *
 * @param force called when they insist; the process ends after it
 */
export const listenForStop = (
  log: Logger,
  force: () => void,
): { readonly signal: AbortSignal; readonly requested: Promise<void> } => {
  const stopping = new AbortController();
  let firstAt = 0;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (!stopping.signal.aborted) {
        log.info({ signal: name }, 'stopping');
        firstAt = Date.now();
        stopping.abort();
      } else if (Date.now() - firstAt > SAME_KEY_PRESS_MS) {
        force();
        process.exit(130);
      }
    });
  }
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'defect in the launcher');
    process.exitCode = 1;
    stopping.abort();
  });
  const requested = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return { signal: stopping.signal, requested };
};
