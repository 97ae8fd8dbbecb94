import type { Logger } from '../../process/log.ts';

const EVERY_MS = 600_000;

/**
 * Forgets now and then what has expired.
 *
 * @returns what ends it
 */
export const startUpkeep = (
  { forgetExpired }: { readonly forgetExpired: () => Promise<void> },
  log: Logger,
): (() => void) => {
  const timer = setInterval(() => {
    forgetExpired().catch((error: unknown) => log.warn({ err: error }, 'could not forget'));
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
};
