import { openDatabase } from '../kit/database.ts';
import { readSchema } from '../kit/schema.ts';
import type { SubgraphFactory } from '../kit/subgraph.ts';
import { type Context, createContext } from './context.ts';
import { resolvers } from './resolvers/index.ts';
import { createStore } from './store.ts';

/** Accounts, profiles and addresses. */
export const users: SubgraphFactory<Context> = {
  name: 'users',
  create: async (settings, _log, options) => {
    const database = openDatabase(settings.databaseUrl, options);
    const store = createStore(database);
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: (caller) => createContext(store, caller),
      ready: database.ping,
      close: database.close,
    };
  },
};
