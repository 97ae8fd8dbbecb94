import { openChangeFeed } from '../kit/change-feed.ts';
import { openDatabase } from '../kit/database.ts';
import { openOutbox } from '../kit/outbox.ts';
import { readSchema } from '../kit/schema.ts';
import type { SubgraphFactory } from '../kit/subgraph.ts';
import { type Connect, connect } from './connect.ts';
import { type Context, createContext } from './context.ts';
import { deliveriesOf } from './deliveries.ts';
import { createDriver } from './driver.ts';
import { resolvers } from './resolvers/index.ts';
import { createStore } from './store.ts';
import { createAccountStore } from './store-accounts.ts';
import { createOrderStore } from './store-orders.ts';
import { createRefundStore } from './store-refunds.ts';
import { createShipmentStore } from './store-shipments.ts';

/** How often orders that were left are looked for, in milliseconds. */
const SWEEP_EVERY_MS = 1_000;

/** What people mean to buy, and what they bought, with the services that `connectTo` reaches. */
export const cartWith = (connectTo: Connect): SubgraphFactory<Context> => ({
  name: 'cart',
  create: async (settings, log, options) => {
    const { catalogue, addresses, provider, webhooks, close } = connectTo(settings, log);
    const database = openDatabase(settings.databaseUrl, options);
    // Requests that take all connections do not keep orders from being finished.
    const background = openDatabase(settings.databaseUrl, { maxConnections: 4 });
    const store = createStore(database);
    const orders = createOrderStore(database);
    const driver = createDriver({
      orders: createOrderStore(background),
      catalogue,
      provider,
      log,
      sweepEveryMs: SWEEP_EVERY_MS,
    });
    const refunds = createRefundStore(background);
    const outbox = openOutbox(background.pool, {
      deliver: deliveriesOf({ catalogue, provider, refunds }),
      log,
    });
    const changes = openChangeFeed(settings.databaseUrl, 'cart_changed', log);
    const shared = {
      store,
      orders,
      shipments: createShipmentStore(database),
      accounts: createAccountStore(database),
      checkouts: { carts: store, orders, addresses, driver, log },
      changes,
    };
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: (caller) => createContext(shared, caller),
      ready: database.ping,
      ...(webhooks === null ? {} : { routes: webhooks(orders) }),
      close: async () => {
        await Promise.all([driver.close(), outbox.close()]);
        await changes.close();
        await background.close();
        await database.close();
        await close();
      },
    };
  },
});

/** With the services that the environment names. */
export const cart: SubgraphFactory<Context> = cartWith(connect);
