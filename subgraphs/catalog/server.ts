import { openChangeFeed } from '../kit/change-feed.ts';
import { withConnection } from '../kit/connection.ts';
import { openDatabase } from '../kit/database.ts';
import { openOutbox } from '../kit/outbox.ts';
import { keepDoing } from '../kit/rounds.ts';
import { createRouterClient } from '../kit/router-client.ts';
import { readSchema } from '../kit/schema.ts';
import type { SubgraphFactory } from '../kit/subgraph.ts';
import { createCategoryCache } from './categories.ts';
import { type Context, createContext } from './context.ts';
import { nthNewest } from './era-store.ts';
import { NO_ERAS, readEras } from './newest.ts';
import { resolvers } from './resolvers/index.ts';
import { deliveriesOf } from './services/deliveries.ts';
import { readCatalogSettings } from './settings.ts';
import { createStore } from './store.ts';
import { releaseExpired } from './sweep-store.ts';

/** In milliseconds: what has expired waits no longer than this for who did not ask for it. */
const SWEEP_MS = 5_000;

/** In milliseconds; new items come first whatever this is. */
const ERAS_MS = 60_000;

/** Less than the time a process has to drain, since stopping waits for the rounds under way. */
const ROUND_TIMEOUT_MS = 10_000;

type Client = Parameters<typeof releaseExpired>[0];

/** Items for sale, their categories, the search among them, and what is held of them for orders. */
export const catalog: SubgraphFactory<Context> = {
  name: 'catalog',
  create: async (common, log, options) => {
    const settings = readCatalogSettings();
    const database = openDatabase(common.databaseUrl, options);
    // Requests that take all connections do not keep others from being told.
    const background = openDatabase(common.databaseUrl, { maxConnections: 2 });
    const router = createRouterClient('catalog', common);
    const outbox = openOutbox(background.pool, {
      deliver: deliveriesOf(router, createStore(background)),
      log,
    });
    let eras = NO_ERAS;
    const store = createStore(database, () => eras);
    const categories = createCategoryCache(store.categories);
    const changes = openChangeFeed(common.databaseUrl, 'product_changed', log);
    const apart = <Result>(work: (client: Client) => Promise<Result>): Promise<Result> =>
      withConnection(common.databaseUrl, work, { statementTimeoutMs: ROUND_TIMEOUT_MS });
    const rounds = [
      keepDoing(
        'release expired holds',
        SWEEP_MS,
        async () => {
          const released = await apart(releaseExpired);
          if (released > 0) log.info({ released }, 'released expired holds');
        },
        log,
      ),
      keepDoing(
        'look how old items are',
        ERAS_MS,
        async () => {
          eras = await apart((client) => readEras((n) => nthNewest(client, n)));
        },
        log,
      ),
    ];
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: (caller) => createContext({ store, categories, changes, settings }, caller),
      ready: database.ping,
      close: async () => {
        await Promise.all([outbox.close(), ...rounds.map(({ stop }) => stop())]);
        await router.close();
        await background.close();
        await changes.close();
        await database.close();
      },
    };
  },
};
