import { withConnection } from '../kit/connection.ts';
import { openDatabase } from '../kit/database.ts';
import { readSchema } from '../kit/schema.ts';
import type { SubgraphFactory } from '../kit/subgraph.ts';
import { COMPUTATION_TIMEOUT_MS, recomputeWhenStale } from './computation-store.ts';
import { type Context, createContext } from './context.ts';
import { keepLearning } from './learning.ts';
import { resolvers } from './resolvers/index.ts';
import { createStore } from './store.ts';

/** What goes with what, what is popular, and what is worth showing to whom. */
export const recommendations: SubgraphFactory<Context> = {
  name: 'recommendations',
  create: async (settings, log, options) => {
    const database = openDatabase(settings.databaseUrl, options);
    const store = createStore(database);
    const learning = keepLearning(
      () =>
        withConnection(settings.databaseUrl, recomputeWhenStale, {
          statementTimeoutMs: COMPUTATION_TIMEOUT_MS,
        }),
      log,
    );
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: (caller) => createContext(store, caller),
      ready: database.ping,
      close: async () => {
        await learning.stop();
        await database.close();
      },
    };
  },
};
