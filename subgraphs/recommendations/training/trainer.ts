import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { withConnection } from '../../kit/connection.ts';
import { isStale, type Outcome } from './store.ts';

/** Learns without keeping requests waiting. */
export interface Trainer {
  readonly learn: () => Promise<Outcome>;
  /** Breaks off what is under way: nothing of it will have happened. */
  readonly close: () => Promise<void>;
}

/** Threads load what the build compiled, also where tests load the sources. */
const SCRIPT = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../dist/subgraphs/recommendations/training/worker.js', import.meta.url)
    : new URL('./worker.js', import.meta.url),
);

/** Beside the matrix of EASE, which does not lie in the heap. */
const MAX_HEAP_MB = 1_024;

/** The thread is there only as long as there is something to learn. */
export const startTrainer = (databaseUrl: string): Trainer => {
  const threads = new Piscina({
    filename: SCRIPT,
    minThreads: 0,
    maxThreads: 1,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  return {
    learn: async () =>
      (await withConnection(databaseUrl, isStale)) ? threads.run({ databaseUrl }) : 'fresh',
    close: () => threads.destroy(),
  };
};
