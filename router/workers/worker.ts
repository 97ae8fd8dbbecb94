import cluster from 'node:cluster';
import { once } from 'node:events';
import type { Instance, Leaving } from '../../process/keep-running.ts';
import {
  DRAIN_LIMIT_MS,
  isFailed,
  isListening,
  type RetireMessage,
} from '../../process/lifecycle.ts';
import { SettingsError } from '../../process/settings.ts';

/** One of the router's processes, and where all of them listen. */
export interface Worker extends Instance {
  readonly url: string;
}

/** Sooner than the process that waits for it gives up. */
const STOP_LIMIT_MS = DRAIN_LIMIT_MS - 1_000;

/**
 * Starts this same program as a worker and waits until it serves.
 *
 * @throws SettingsError with its own words where it does not start
 */
export const startWorker = async (signal: AbortSignal): Promise<Worker> => {
  signal.throwIfAborted();
  const worker = cluster.fork();
  const exited = new Promise<string>((resolve) => {
    worker.once('error', (error) => resolve(error.message));
    worker.once('exit', (code, by) => resolve(by ?? `exit code ${code}`));
  });
  const stop = async (leaving: Leaving = 'stopped'): Promise<void> => {
    if (leaving === 'retired') {
      // Where it is gone already, nobody has to be told.
      worker.send({ type: 'retire' } satisfies RetireMessage, () => {});
      await exited;
      return;
    }
    worker.process.kill('SIGTERM');
    const limit = setTimeout(() => worker.process.kill('SIGKILL'), STOP_LIMIT_MS);
    await exited;
    clearTimeout(limit);
  };
  const started = new Promise<{ readonly url: string } | { readonly how: string }>((resolve) => {
    worker.on('message', (message: unknown) => {
      if (isListening(message)) resolve({ url: message.url });
      if (isFailed(message)) resolve({ how: message.reason });
    });
  });
  const outcome = await Promise.race([
    started,
    exited.then((how) => ({ how })),
    once(signal, 'abort').then(() => ({ how: 'it was stopped' })),
  ]);
  if ('url' in outcome) return { pid: worker.process.pid ?? 0, url: outcome.url, exited, stop };
  await stop();
  throw new SettingsError(outcome.how);
};
