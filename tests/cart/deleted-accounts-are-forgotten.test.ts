import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import { act as change } from './arrange.ts';
import {
  ADMIN,
  act,
  BUYER,
  buy,
  orderOf,
  page,
  person,
  SELLER,
  type Shop,
  startShop,
} from './buying.ts';

const USERS: Viewer = { kind: 'service', name: 'users', scopes: ['cart:facts'] };

const tell = (shop: Shop, eventId: string, viewer: Viewer = USERS) =>
  shop.query({
    document: `mutation Forget($eventId: ID!) {
      recordAccountDeleted(input: { eventId: $eventId, userId: "user_b" }) { isNew } }`,
    variables: { eventId },
    viewer,
  });

const placeOf = async (shop: Shop, id: string) => (await orderOf(shop, id)).address?.city ?? null;

test('the cart goes, and the addresses of orders as soon as nothing is to be sent any more', async () => {
  await using shop = await startShop();
  const { order: received } = await buy(shop);
  const { order: underWay } = await buy(shop, { idempotencyKey: 'checkout 2' });
  const finish = async (orderId: string) => {
    const { shipments } = await orderOf(shop, orderId);
    for (const { id, seller } of shipments) {
      await act(shop, 'markShipped', { shipmentId: id }, person(seller.id));
      await act(shop, 'markReceived', { shipmentId: id }, BUYER);
    }
  };
  await finish(received.id);
  await change(shop, 'addToCart', { productId: 'product_1' }, BUYER);

  expect((await tell(shop, randomUUID())).data.recordAccountDeleted).toEqual({ isNew: true });
  const { data } = await shop.query({ document: '{ cart { id } }', viewer: BUYER });
  expect(data.cart).toBeNull();
  expect(await placeOf(shop, received.id)).toBeNull();
  expect(await placeOf(shop, underWay.id)).toBe('Lyon');
  expect((await page(shop, 'mySales', 'first: 1', SELLER)).nodes[0].address).not.toBeNull();

  await finish(underWay.id);
  expect(await placeOf(shop, underWay.id)).toBeNull();
  expect((await page(shop, 'mySales', 'first: 1', SELLER)).nodes[0].address).toBeNull();
});

test('the same event counts once, also fifty times at once', async () => {
  await using shop = await startShop();
  const eventId = randomUUID();
  const told = await Promise.all(Array.from({ length: 50 }, () => tell(shop, eventId)));
  const isNew = told.map(({ data }) => data.recordAccountDeleted.isNew);
  expect(isNew.filter(Boolean)).toHaveLength(1);

  await change(shop, 'addToCart', { productId: 'product_1' }, BUYER);
  await tell(shop, eventId);
  const { data } = await shop.query({ document: '{ cart { id } }', viewer: BUYER });
  expect(data.cart).not.toBeNull();
});

test('only a service that may tells it', async () => {
  await using shop = await startShop();
  const others: Viewer[] = [
    { kind: 'guest' },
    BUYER,
    ADMIN,
    person('user_y', ['cart:facts']),
    { kind: 'service', name: 'media', scopes: ['recommendations:facts'] },
  ];
  for (const viewer of others) {
    const { errors } = await tell(shop, randomUUID(), viewer);
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  }
  const { errors } = await tell(shop, 'event 1');
  expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
});
