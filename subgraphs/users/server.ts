import { openDatabase } from '../kit/database.ts';
import { openOutbox } from '../kit/outbox.ts';
import { createRouterClient } from '../kit/router-client.ts';
import { readSchema } from '../kit/schema.ts';
import type { SubgraphFactory } from '../kit/subgraph.ts';
import { accessTokenIssuer } from './access-tokens.ts';
import { type Context, createContext } from './context.ts';
import { serveKeySet } from './http.ts';
import { createKeyring } from './keyring.ts';
import { resolvers } from './resolvers/index.ts';
import { deliveriesOf } from './services/deliveries.ts';
import { createStore } from './store.ts';
import { startUpkeep } from './upkeep.ts';

/** Accounts, profiles and addresses; sessions and the keys of their tokens. */
export const users: SubgraphFactory<Context> = {
  name: 'users',
  create: async (settings, log, options) => {
    const database = openDatabase(settings.databaseUrl, options);
    // Requests that take all connections do not keep others from being told.
    const background = openDatabase(settings.databaseUrl, { maxConnections: 2 });
    const store = createStore(database);
    const keyring = createKeyring(store, settings.signingSecret, log);
    const issueAccessToken = accessTokenIssuer(keyring, settings.publicUrl);
    const endUpkeep = startUpkeep(store, log);
    const router = createRouterClient('users', settings);
    const outbox = openOutbox(background.pool, { deliver: deliveriesOf(router), log });
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: (caller) => createContext({ store, issueAccessToken, log }, caller),
      ready: database.ping,
      routes: (server) => serveKeySet(server, keyring),
      close: async () => {
        endUpkeep();
        await outbox.close();
        await router.close();
        await background.close();
        await database.close();
      },
    };
  },
};
