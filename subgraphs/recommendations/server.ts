import { openDatabase } from '../kit/database.ts';
import { readSchema } from '../kit/schema.ts';
import type { SubgraphFactory } from '../kit/subgraph.ts';
import { type Context, createContext } from './context.ts';
import { createFactStore } from './facts-store.ts';
import { keepLearning } from './learning.ts';
import { resolvers } from './resolvers/index.ts';
import { createStore } from './store.ts';
import { startTrainer } from './training/trainer.ts';

/** What goes with what, what is popular, and what is worth showing to whom. */
export const recommendations: SubgraphFactory<Context> = {
  name: 'recommendations',
  create: async (settings, log, options) => {
    const database = openDatabase(settings.databaseUrl, options);
    const stores = { store: createStore(database), facts: createFactStore(database) };
    const trainer = startTrainer(settings.databaseUrl);
    const learning = keepLearning(trainer.learn, log);
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: (caller) => createContext(stores, caller),
      ready: database.ping,
      close: async () => {
        // First, so that nothing has to be waited for that takes a minute.
        const stopped = learning.stop();
        await trainer.close();
        await stopped;
        await database.close();
      },
    };
  },
};
