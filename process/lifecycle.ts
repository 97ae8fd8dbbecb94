import { createLog, type Logger } from './log.ts';
import { SettingsError } from './settings.ts';

/** A started server. */
export interface Running {
  /** Where it listens, such as `http://127.0.0.1:4001`. */
  readonly url: string;
  /** Finishes what is under way, refuses what is new, and gives back what it holds. */
  readonly stop: () => Promise<void>;
}

/** What a supervised process tells the launcher over the IPC channel. */
export interface ListeningMessage {
  readonly type: 'listening';
  readonly url: string;
}

/** Past this, what still runs is given up: an orchestrator would kill the process anyway. */
export const DRAIN_LIMIT_MS = 20_000;

/**
 * The life of a process: start, tell the launcher where it listens, and on SIGTERM, SIGINT or the
 * death of the launcher drain and exit with 0. What cannot start says why in one line and exits
 * with 1.
 */
export const runProcess = async (
  name: string,
  start: () => Running | Promise<Running>,
): Promise<void> => {
  const log = createLog(name, 'info');
  let stopping = false;
  let running: Running | undefined;

  const stop = async (reason: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'draining');
    setTimeout(() => process.exit(1), DRAIN_LIMIT_MS).unref();
    try {
      await running?.stop();
      log.info('stopped');
      process.exit(0);
    } catch (error) {
      log.error({ err: error }, 'could not stop cleanly');
      process.exit(1);
    }
  };

  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  // A supervised process must not outlive its launcher, however that died.
  process.on('disconnect', () => void stop('the launcher is gone'));

  try {
    running = await start();
    log.info({ url: running.url }, 'listening');
    process.send?.({ type: 'listening', url: running.url } satisfies ListeningMessage);
  } catch (error) {
    giveUp(log, error);
  }
};

const giveUp = (log: Logger, error: unknown): void => {
  if (error instanceof SettingsError) {
    process.stderr.write(`${error.message}\n`);
  } else {
    log.fatal({ err: error }, 'could not start');
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  process.exit(1);
};
