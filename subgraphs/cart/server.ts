import { openChangeFeed } from '../kit/change-feed.ts';
import { openDatabase } from '../kit/database.ts';
import { readSchema } from '../kit/schema.ts';
import type { SubgraphFactory } from '../kit/subgraph.ts';
import { type Context, createContext } from './context.ts';
import { resolvers } from './resolvers/index.ts';
import { createStore } from './store.ts';

/** What people mean to buy. */
export const cart: SubgraphFactory<Context> = {
  name: 'cart',
  create: async (settings, log, options) => {
    const database = openDatabase(settings.databaseUrl, options);
    const store = createStore(database);
    const changes = openChangeFeed(settings.databaseUrl, 'cart_changed', log);
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: (caller) => createContext({ store, changes }, caller),
      ready: database.ping,
      close: async () => {
        await changes.close();
        await database.close();
      },
    };
  },
};
