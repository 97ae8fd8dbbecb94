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
  create: async (settings, _log, options) => {
    const database = openDatabase(settings.databaseUrl, options);
    const store = createStore(database);
    const categories = createCategoryCache(store.categories);
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: (caller) => createContext(store, categories, caller),
      ready: database.ping,
      close: database.close,
    };
  },
};
