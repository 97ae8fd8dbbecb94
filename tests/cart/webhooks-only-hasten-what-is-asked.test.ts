import Stripe from 'stripe';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { createLog } from '../../process/log.ts';
import { stripeWebhooks } from '../../subgraphs/cart/payments/stripe.ts';
import { cartWith } from '../../subgraphs/cart/server.ts';
import { withCleanup } from '../kit/cleanup.ts';
import { startTestSubgraph } from '../kit/subgraph.ts';
import { buy, orderOf, type Shop } from './buying.ts';
import { createCatalogueDouble, createFaults, createProviderDouble } from './doubles.ts';
import { ADDRESS } from './ordering.ts';

const SECRET = 'whsec_test';

const startWithWebhooks = (): Promise<Shop> =>
  withCleanup(async ({ use }) => {
    const faults = createFaults();
    const catalogue = createCatalogueDouble(faults);
    const provider = createProviderDouble(faults);
    const addresses = new Map([['user_b', ADDRESS]]);
    const settings = { secretKey: 'sk_test_1', webhookSecret: SECRET, apiUrl: null };
    const factory = cartWith(() => ({
      catalogue,
      provider,
      addresses: { addressFor: async (userId) => addresses.get(userId) ?? null },
      webhooks: stripeWebhooks(settings, createLog('cart', 'silent')),
      close: async () => {},
    }));
    const subgraph = use(await startTestSubgraph(factory, { database: 'cart', seeded: false }));
    return { ...subgraph, catalogue, provider, faults, addresses };
  });

const event = (id: string, orderId: string): string =>
  JSON.stringify({
    id,
    object: 'event',
    type: 'payment_intent.succeeded',
    data: { object: { id: 'pi_1', metadata: { emporium_order: orderId } } },
  });

const post = async (shop: Shop, body: string, signature: string): Promise<number> => {
  const response = await request(`${shop.url}/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body,
  });
  await response.body.dump();
  return response.statusCode;
};

const signed = (payload: string, secret = SECRET): string =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret });

test('an event that Stripe signed has the order looked at now, and counts once', async () => {
  await using shop = await startWithWebhooks();
  shop.faults.next.set('charge', 'after');
  const { order } = await buy(shop);
  expect(order.isPending).toBe(true);
  // As if it had been tried for long, so that the next try is far away.
  await shop.pool.query("UPDATE orders SET next_drive_at = now() + interval '1 hour'");

  const body = event('evt_1', order.id);
  expect(await post(shop, body, signed(body))).toBe(200);
  await expect.poll(async () => (await orderOf(shop, order.id)).status).toBe('PAID');
  expect(await post(shop, body, signed(body))).toBe(200);
  expect((await shop.pool.query('SELECT FROM inbox')).rowCount).toBe(1);
  expect(shop.provider.takings()).toBe(1);
});

test('what an event says is not believed: a card that was declined stays declined', async () => {
  await using shop = await startWithWebhooks();
  shop.faults.next.set('charge', 'after');
  const { order } = await buy(shop, { paymentMethod: 'card_declined' });
  const body = event('evt_1', order.id);
  expect(await post(shop, body, signed(body))).toBe(200);
  await expect.poll(async () => (await orderOf(shop, order.id)).status).toBe('FAILED');
});

test('what Stripe did not sign is refused', async () => {
  await using shop = await startWithWebhooks();
  const body = event('evt_1', 'order_1');
  for (const signature of [
    '',
    't=1,v1=00',
    signed(body, 'whsec_other'),
    signed(event('evt_2', '')),
  ]) {
    expect(await post(shop, body, signature)).toBe(400);
  }
  expect((await shop.pool.query('SELECT FROM inbox')).rowCount).toBe(0);
});
