import { openChangeFeed } from '../kit/change-feed.ts';
import { openDatabase } from '../kit/database.ts';
import { readSchema } from '../kit/schema.ts';
import type { SubgraphFactory } from '../kit/subgraph.ts';
import { createCategoryCache } from './categories.ts';
import { type Context, createContext } from './context.ts';
import { resolvers } from './resolvers/index.ts';
import { createStore } from './store.ts';

/** Items for sale, their categories, and the search among them. */
export const catalog: SubgraphFactory<Context> = {
  name: 'catalog',
  create: async (settings, log, options) => {
    const database = openDatabase(settings.databaseUrl, options);
    const store = createStore(database);
    const categories = createCategoryCache(store.categories);
    const changes = openChangeFeed(settings.databaseUrl, 'product_changed', log);
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: (caller) => createContext({ store, categories, changes }, caller),
      ready: database.ping,
      close: async () => {
        await changes.close();
        await database.close();
      },
    };
  },
};
