import cluster from 'node:cluster';
import { type Kept, keepRunning } from '../../process/keep-running.ts';
import type { Running } from '../../process/lifecycle.ts';
import type { Logger } from '../../process/log.ts';
import { startWorker, type Worker } from './worker.ts';

/** Several processes of the router on one port. */
export interface Workers extends Running {
  /**
   * Puts a new one in the place of each, one after the other: it serves before the one before it
   * retires. Where it does not start, those that run stay. Never rejects.
   */
  readonly replace: () => Promise<void>;
}

/**
 * Starts workers, each of which runs this same program, and keeps them running; resolves when all of
 * them serve.
 *
 * @param count at least one
 * @throws SettingsError with the words of the first that does not start
 */
export const startWorkers = async (count: number, log: Logger): Promise<Workers> => {
  // All of them accept from one socket. Node's other way hands connections round, and one that was
  // handed to a worker which dies before it takes it is never answered.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const stopping = new AbortController();
  const { signal } = stopping;
  const keep = (index: number): Promise<Kept<Worker>> =>
    keepRunning({ name: `worker ${index + 1}`, start: startWorker, log, signal });

  const workers = await Promise.all(Array.from({ length: count }, (_, index) => keep(index)));
  const leaving = new Set<Kept<Worker>>();
  const retire = async (worker: Kept<Worker>): Promise<void> => {
    leaving.add(worker);
    await worker.stop('retired');
    leaving.delete(worker);
  };
  const replaceAll = async (): Promise<void> => {
    for (const [index, before] of [...workers].entries()) {
      workers[index] = await keep(index);
      void retire(before);
    }
    log.info({ workers: workers.map((worker) => worker.instance().pid) }, 'workers replaced');
  };

  let turn = Promise.resolve();
  let isWaiting = false;
  return {
    url: workers[0]?.instance().url ?? '',
    replace: () => {
      // Whoever waits for its turn starts with what is there then, for all who asked meanwhile.
      if (isWaiting) return turn;
      isWaiting = true;
      turn = turn
        .then(() => {
          isWaiting = false;
          return replaceAll();
        })
        .catch((error: unknown) => {
          if (!signal.aborted) log.error({ err: error }, 'not replaced; the workers that run stay');
        });
      return turn;
    },
    stop: async () => {
      stopping.abort();
      await turn;
      await Promise.all([...workers, ...leaving].map((worker) => worker.stop()));
    },
  };
};
