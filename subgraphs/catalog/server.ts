import { openChangeFeed } from '../kit/change-feed.ts';
import { withConnection } from '../kit/connection.ts';
import { openDatabase } from '../kit/database.ts';
import { readSchema } from '../kit/schema.ts';
import type { SubgraphFactory } from '../kit/subgraph.ts';
import { createCategoryCache } from './categories.ts';
import { type Context, createContext } from './context.ts';
import { resolvers } from './resolvers/index.ts';
import { readCatalogSettings } from './settings.ts';
import { createStore } from './store.ts';
import { releaseExpired } from './sweep-store.ts';
import { keepSweeping } from './sweeping.ts';

/** Less than the time a process has to drain, since stopping waits for the sweep under way. */
const SWEEP_TIMEOUT_MS = 10_000;

/** Items for sale, their categories, the search among them, and what is held of them for orders. */
export const catalog: SubgraphFactory<Context> = {
  name: 'catalog',
  create: async (common, log, options) => {
    const settings = readCatalogSettings();
    const database = openDatabase(common.databaseUrl, options);
    const store = createStore(database);
    const categories = createCategoryCache(store.categories);
    const changes = openChangeFeed(common.databaseUrl, 'product_changed', log);
    const sweep = () =>
      withConnection(common.databaseUrl, releaseExpired, { statementTimeoutMs: SWEEP_TIMEOUT_MS });
    const sweeping = keepSweeping(sweep, log);
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: (caller) => createContext({ store, categories, changes, settings }, caller),
      ready: database.ping,
      close: async () => {
        await sweeping.stop();
        await changes.close();
        await database.close();
      },
    };
  },
};
