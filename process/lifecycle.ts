import cluster from 'node:cluster';
import { createLog, type Logger } from './log.ts';
import { SettingsError } from './settings.ts';

/** A started server. */
export interface Running {
  /** Where it listens, such as `http://127.0.0.1:4001`. */
  readonly url: string;
  /**
   * Finishes what is under way, refuses what is new, and gives back what it holds.
   *
   * @param idleGraceMs for how long connections that are there may still ask, in milliseconds
   */
  readonly stop: (idleGraceMs?: number) => Promise<void>;
}

/** What a supervised process tells the launcher over the IPC channel. */
export interface ListeningMessage {
  readonly type: 'listening';
  readonly url: string;
}

export const isListening = (message: unknown): message is ListeningMessage =>
  Object(message).type === 'listening';

/** What a worker tells the process that started it, which says it for all of them. */
export interface FailedMessage {
  readonly type: 'failed';
  /** Why it does not start, in one line. */
  readonly reason: string;
}

export const isFailed = (message: unknown): message is FailedMessage =>
  Object(message).type === 'failed';

/**
 * Asks a process to go once nobody needs it any more, where others do the same work: it lets nobody
 * new in, and finishes what is under way, however long a film is that somebody downloads.
 */
export interface RetireMessage {
  readonly type: 'retire';
}

const isRetire = (message: unknown): message is RetireMessage => Object(message).type === 'retire';

/** A connection that nobody used for so long is hardly used in the moment that it is closed. */
const RETIREMENT_GRACE_MS = 6_000;

/** Past this, whoever still downloads is given up. */
const RETIREMENT_LIMIT_MS = 3_600_000;

/** Past this, what still runs is given up: an orchestrator would kill the process anyway. */
export const DRAIN_LIMIT_MS = 20_000;

/**
 * The life of a process: start, tell the launcher where it listens, and on SIGTERM, SIGINT or the
 * death of the launcher drain and exit with 0; or retire, when the launcher says so. What cannot
 * start says why in one line and exits with 1.
 */
export const runProcess = async (
  name: string,
  start: () => Running | Promise<Running>,
): Promise<void> => {
  const log = createLog(name, 'info');
  let stopping = false;
  let running: Running | undefined;

  const stop = async (reason: string, limitMs = DRAIN_LIMIT_MS, idleGraceMs = 0): Promise<void> => {
    // Also where it retires already: then it has less time from now on.
    setTimeout(() => process.exit(1), limitMs).unref();
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'draining');
    try {
      await running?.stop(idleGraceMs);
      log.info('stopped');
      process.exit(0);
    } catch (error) {
      log.error({ err: error }, 'could not stop cleanly');
      process.exit(1);
    }
  };

  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  // A supervised process must not outlive its launcher, however that died; nor does a worker go before
  // it has drained, as Node would have it.
  if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
  process.on('disconnect', () => void stop('the launcher is gone'));

  process.on('message', (message) => {
    if (isRetire(message)) void stop('retired', RETIREMENT_LIMIT_MS, RETIREMENT_GRACE_MS);
  });

  try {
    running = await start();
    log.info({ url: running.url }, 'listening');
    process.send?.({ type: 'listening', url: running.url } satisfies ListeningMessage);
  } catch (error) {
    giveUp(log, error);
  }
};

const giveUp = (log: Logger, error: unknown): void => {
  const isForeseen = error instanceof SettingsError;
  if (!isForeseen) log.fatal({ err: error }, 'could not start');
  const reason = error instanceof Error ? error.message : String(error);
  if (cluster.isWorker) {
    const failed: FailedMessage = { type: 'failed', reason };
    process.send?.(failed, undefined, undefined, () => process.exit(1));
    return;
  }
  process.stderr.write(`${reason}\n`);
  process.exit(1);
};
