import { expect, test } from 'vitest';
import { type OrderState, WAYS } from '../../subgraphs/cart/orders.ts';
import { startOrdering } from './ordering.ts';

const STATES = Object.keys(WAYS) as readonly OrderState[];

test('the database lets an order go every listed way and no other', async () => {
  await using ordering = await startOrdering();
  const { id } = await ordering.place();
  const ways = await Promise.all(
    STATES.map(async (from): Promise<[string, string[]]> => {
      const client = await ordering.pool.connect();
      const allowed: string[] = [];
      for (const to of STATES) {
        await client.query('BEGIN');
        await client.query('ALTER TABLE orders DISABLE TRIGGER orders_go_their_ways');
        await client.query(
          "UPDATE orders SET state = $2, shipping_total = 1, payment_id = 'payment' WHERE id = $1",
          [id, from],
        );
        await client.query('ALTER TABLE orders ENABLE TRIGGER orders_go_their_ways');
        const moved = await client
          .query('UPDATE orders SET state = $2 WHERE id = $1', [id, to])
          .then(
            () => true,
            () => false,
          );
        await client.query('ROLLBACK');
        if (moved) allowed.push(to);
      }
      client.release();
      return [from, allowed.toSorted()];
    }),
  );
  const listed = STATES.map((from) => [from, [...WAYS[from]].toSorted()]);
  expect(Object.fromEntries(ways)).toEqual(Object.fromEntries(listed));
});

test('a step that somebody else has taken is not taken again', async () => {
  await using ordering = await startOrdering();
  const order = await ordering.place();
  await ordering.orders.move(order, { to: 'EXPIRED', problems: [] });
  const late = await ordering.orders.move(order, { to: 'HELD', shippingTotal: 1n, shipments: [] });
  expect(late.state).toBe('EXPIRED');
  expect(late.shippingTotal).toBeNull();
});

test('an order is paid in full, with one shipment a seller', async () => {
  await using ordering = await startOrdering();
  const order = await ordering.driver.driveOn(await ordering.place());
  expect(order).toMatchObject({ state: 'SOLD', itemsTotal: 2_300n, shippingTotal: 740n + 590n });
  expect([...ordering.provider.captured]).toEqual([[order.id, 3_630n]]);
  const { rows } = await ordering.pool.query(
    'SELECT seller_id, state, items_total::int, shipping_total::int FROM shipments ORDER BY seller_id',
  );
  expect(rows).toEqual([
    { seller_id: 'user_s', state: 'OPEN', items_total: 2_000, shipping_total: 740 },
    { seller_id: 'user_t', state: 'OPEN', items_total: 300, shipping_total: 590 },
  ]);
  expect(ordering.catalogue.holds.map(({ state }) => state)).toEqual(['SOLD', 'SOLD']);
});

test('a declined card leaves nothing charged and nothing held', async () => {
  await using ordering = await startOrdering();
  const placed = await ordering.place({ paymentMethod: 'card_declined' });
  const order = await ordering.driver.driveOn(placed);
  expect(order.state).toBe('FAILED');
  expect(order.problems).toMatchObject([{ code: 'PAYMENT_DECLINED' }]);
  expect(ordering.provider.takings()).toBe(0);
  expect(ordering.catalogue.products.get('product_a')?.stock).toBe(5);
});

test('another price than the buyer saw is not charged, of an item or of all with shipping', async () => {
  await using ordering = await startOrdering();
  const dearer = await ordering.driver.driveOn(await ordering.place({ expectedTotal: 3_629n }));
  expect(dearer.problems).toMatchObject([{ code: 'PRICE_CHANGED', price: { minorUnits: 3_630n } }]);
  expect(ordering.catalogue.products.get('product_a')?.stock).toBe(5);

  const items = [{ productId: 'product_b', quantity: 1, price: 2_499n }];
  const changed = await ordering.driver.driveOn(await ordering.place({ items }));
  expect(changed.problems).toMatchObject([
    { code: 'PRICE_CHANGED', productId: 'product_b', price: { minorUnits: 2_500n } },
  ]);
  expect(ordering.provider.takings()).toBe(0);
});

test('what the catalogue does not sell after the charge is paid back in whole', async () => {
  await using ordering = await startOrdering();
  ordering.catalogue.refusesToSell = true;
  const order = await ordering.driver.driveOn(await ordering.place());
  expect(order).toMatchObject({ state: 'REFUNDED', refundedTotal: 3_630n });
  for (const _twice of [1, 2]) await ordering.deliverAll();
  expect([...ordering.provider.refunded.values()].toSorted()).toEqual([2_740n, 890n]);
  expect(ordering.catalogue.products.get('product_a')?.stock).toBe(5);
});
