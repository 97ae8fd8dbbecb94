import { expect, test } from 'vitest';
import {
  ADMIN,
  act,
  BUYER,
  buy,
  codes,
  eur,
  orderOf,
  page,
  person,
  SELLER,
  startShop,
} from './buying.ts';

const OTHER_SELLER = person('user_t');
const STRANGER = person('user_z');

const sold = async () => {
  const shop = await startShop();
  const { order } = await buy(shop);
  const own = (await page(shop, 'mySales', 'first: 1', SELLER)).nodes[0];
  return { shop, order, shipmentId: own.id as string, own };
};

test('the buyer sees the order, a seller their shipment and where it goes, others nothing', async () => {
  const { shop, order, own } = await sold();
  await using _ = shop;
  expect(await orderOf(shop, order.id)).toMatchObject({ id: order.id, status: 'PAID' });
  for (const viewer of [SELLER, OTHER_SELLER, STRANGER, ADMIN, { kind: 'guest' } as const]) {
    expect(await orderOf(shop, order.id, viewer)).toBeNull();
  }
  expect(own).toMatchObject({
    state: 'OPEN',
    address: { city: 'Lyon' },
    items: [{ product: { id: 'product_a' }, quantity: 2 }],
    total: eur('27.40'),
  });
  const theirs = await page(shop, 'mySales', 'first: 100', OTHER_SELLER);
  expect(theirs.nodes).toMatchObject([{ items: [{ product: { id: 'product_c' } }] }]);
  expect((await page(shop, 'mySales', 'first: 100', BUYER)).nodes).toEqual([]);
  expect((await page(shop, 'myOrders', 'first: 100', SELLER)).nodes).toEqual([]);
  expect(await page(shop, 'mySales', 'first: 100', { kind: 'guest' })).toBeNull();
});

test('a seller does not see what is not paid', async () => {
  await using shop = await startShop();
  await buy(shop, { paymentMethod: 'card_declined' });
  shop.faults.next.set('sell', 'before');
  await buy(shop, { idempotencyKey: 'checkout 2' });
  const { rows } = await shop.pool.query("SELECT FROM shipments WHERE seller_id = 'user_s'");
  expect(rows).toHaveLength(2);
  const seen = async () => (await page(shop, 'mySales', 'first: 100', SELLER)).nodes.length;
  await expect.poll(seen).toBe(1);
  expect((await page(shop, 'myOrders', 'first: 100', BUYER)).nodes).toHaveLength(1);
});

test('a shipment is sent by its seller and received by its buyer, once each', async () => {
  const { shop, shipmentId } = await sold();
  await using _ = shop;
  const ship = (viewer = SELLER, trackingCode: string | null = 'XY 1') =>
    act(shop, 'markShipped', { shipmentId, trackingCode }, viewer);
  const receive = (viewer = BUYER) => act(shop, 'markReceived', { shipmentId }, viewer);

  for (const viewer of [BUYER, OTHER_SELLER, STRANGER, ADMIN]) {
    expect(codes(await ship(viewer))).toEqual(['NOT_FOUND']);
  }
  expect(codes(await receive())).toEqual(['NOT_NOW']);
  expect((await ship()).shipment).toMatchObject({ state: 'SHIPPED', trackingCode: 'XY 1' });
  expect((await ship()).shipment.state).toBe('SHIPPED');
  expect(codes(await ship(SELLER, 'XY 2'))).toEqual(['NOT_NOW']);
  expect(codes(await receive(SELLER))).toEqual(['NOT_FOUND']);
  expect((await receive()).shipment.state).toBe('RECEIVED');
  expect((await receive()).shipment.state).toBe('RECEIVED');
  expect(codes(await ship())).toEqual(['NOT_NOW']);
});

test('a buyer cancels before anything is sent, and all comes back', async () => {
  const { shop, order, shipmentId } = await sold();
  await using _ = shop;
  const cancel = (viewer = BUYER) => act(shop, 'cancelOrder', { orderId: order.id }, viewer);
  for (const viewer of [SELLER, STRANGER, ADMIN]) {
    expect(codes(await cancel(viewer))).toEqual(['NOT_FOUND']);
  }
  const cancelled = await Promise.all(Array.from({ length: 10 }, () => cancel()));
  expect(cancelled.flatMap(codes)).toEqual([]);
  expect(cancelled[0].order).toMatchObject({ status: 'CANCELLED', refundedTotal: eur('36.30') });
  expect(codes(await act(shop, 'markShipped', { shipmentId }, SELLER))).toEqual(['NOT_NOW']);

  const refunded = () => [...shop.provider.refunded.values()].reduce((sum, each) => sum + each, 0n);
  await expect.poll(refunded).toBe(3_630n);
  await expect.poll(() => shop.catalogue.products.get('product_a')?.stock).toBe(5);
  await expect.poll(() => shop.catalogue.products.get('product_c')?.stock).toBe(9);
});

test('after one shipment is sent the buyer cannot cancel, but the other seller can theirs', async () => {
  const { shop, order, shipmentId } = await sold();
  await using _ = shop;
  await act(shop, 'markShipped', { shipmentId }, SELLER);
  expect(codes(await act(shop, 'cancelOrder', { orderId: order.id }, BUYER))).toEqual(['NOT_NOW']);
  expect((await orderOf(shop, order.id)).refundedTotal).toEqual(eur('0.00'));

  const [other] = (await page(shop, 'mySales', 'first: 1', OTHER_SELLER)).nodes;
  const cancel = (id: string, viewer = OTHER_SELLER) =>
    act(shop, 'cancelShipment', { shipmentId: id }, viewer);
  expect(codes(await cancel(other.id, SELLER))).toEqual(['NOT_FOUND']);
  expect(codes(await cancel(shipmentId, SELLER))).toEqual(['NOT_NOW']);
  expect((await cancel(other.id)).shipment).toMatchObject({ state: 'CANCELLED' });
  expect(await orderOf(shop, order.id)).toMatchObject({
    status: 'PAID',
    refundedTotal: other.total,
  });
});

test('orders are paged, latest first, without gap or repeat', async () => {
  await using shop = await startShop();
  shop.catalogue.products.set('product_a', { price: 1_000n, sellerId: 'user_s', stock: 99 });
  shop.catalogue.products.set('product_c', { price: 300n, sellerId: 'user_t', stock: 99 });
  const bought: string[] = [];
  for (let number = 0; number < 5; number += 1) {
    bought.push((await buy(shop, { idempotencyKey: `checkout ${number}` })).order.id);
  }
  const seen: string[] = [];
  let args = 'first: 2';
  for (;;) {
    const { nodes, pageInfo } = await page(shop, 'myOrders', args, BUYER);
    seen.push(...nodes.map(({ id }: { id: string }) => id));
    if (!pageInfo.hasNextPage) break;
    args = `first: 2, after: "${pageInfo.endCursor}"`;
  }
  expect(seen).toEqual(bought.toReversed());
  const last = await page(shop, 'myOrders', 'last: 2', BUYER);
  expect(last.nodes.map(({ id }: { id: string }) => id)).toEqual([bought[1], bought[0]]);
  expect(last.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
  const sales = await page(shop, 'mySales', `first: 3`, SELLER);
  expect(sales.nodes).toHaveLength(3);
  await expect(page(shop, 'myOrders', 'first: 101', BUYER)).rejects.toThrow('BAD_USER_INPUT');
  await expect(
    page(shop, 'mySales', `first: 1, after: "${last.pageInfo.endCursor}"`, SELLER),
  ).rejects.toThrow('BAD_USER_INPUT');

  const statements = (args: string) =>
    shop.countStatements(() => page(shop, 'myOrders', args, BUYER));
  expect(await statements('first: 5')).toBe(await statements('first: 1'));
});
