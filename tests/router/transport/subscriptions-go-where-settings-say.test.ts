import { expect, test } from 'vitest';
import { createLog } from '../../../process/log.ts';
import { readRouterSettings } from '../../../router/settings.ts';
import { createConnector } from '../../../router/transport/connector.ts';
import { logFailures } from '../../../router/transport/log-failures.ts';

const SUPERGRAPH = 'http://supergraph.example/graphql';
const ROUTING_URL_CART = 'http://cart.example/graphql';
const SUBSCRIPTION_URL_CART = 'wss://events.example/cart';

test.each([
  ['where the supergraph says', {}, SUPERGRAPH],
  ['where requests go', { ROUTING_URL_CART }, ROUTING_URL_CART],
  [
    'where their own setting says',
    { ROUTING_URL_CART, SUBSCRIPTION_URL_CART },
    SUBSCRIPTION_URL_CART,
  ],
])('subscriptions go %s', async (_where, environment, url) => {
  const settings = readRouterSettings({
    ...environment,
    ROUTING_URL_USERS: 'http://users.example',
  });
  const log = createLog('test', 'silent');
  const connector = createConnector(settings, {
    inProcess: new Map(),
    observer: logFailures(log),
    log,
  });
  expect(connector.connect('Cart', SUPERGRAPH).eventsFrom).toBe(url);
  await connector.close();
});

test.each([
  ['SUBSCRIPTION_URL_CART', 'ftp://cart.example'],
  ['SUBSCRIPTION_URL_CART', 'cart.example:4000'],
  ['ROUTING_URL_CART', 'ws://cart.example'],
])('%s=%s is refused in one line', (name, url) => {
  expect(() => readRouterSettings({ [name]: url })).toThrow(
    new RegExp(`^Bad settings. ${name}: "${url}" is not a URL with one of .*$`),
  );
});
