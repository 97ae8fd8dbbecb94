import { expect, test } from 'vitest';
import type { Order } from '../../subgraphs/cart/orders.ts';
import { startOrdering } from './ordering.ts';

const STEPS = ['hold', 'beginPayment', 'charge', 'sell'] as const;
const FAULTS = STEPS.flatMap((step) => [[step, 'before'] as const, [step, 'after'] as const]);

test.each(FAULTS)(
  'after %s failed, %s it took effect, the sweeper sells it for one charge',
  async (step, when) => {
    await using ordering = await startOrdering();
    ordering.faults.next.set(step, when);
    const left = await ordering.driver.driveOn(await ordering.place());
    expect(left.state).not.toBe('SOLD');

    await ordering.sweepAll();
    expect(await ordering.stateOf(left.id)).toBe('SOLD');
    expect(ordering.provider.takings()).toBe(1);
    expect(ordering.catalogue.holds.map(({ state }) => state)).toEqual(['SOLD', 'SOLD']);
  },
);

test.each(['before', 'after'] as const)(
  'a release that failed, %s it took effect, is repeated before the order fails',
  async (when) => {
    await using ordering = await startOrdering();
    ordering.faults.next.set('release', when);
    const placed = await ordering.place({ paymentMethod: 'card_declined' });
    const left = await ordering.driver.driveOn(placed);
    expect(left.state).toBe('PAYING');

    await ordering.sweepAll();
    expect(await ordering.stateOf(left.id)).toBe('FAILED');
    expect(ordering.catalogue.products.get('product_a')?.stock).toBe(5);
  },
);

test('orders that several processes drive at once are charged once each', async () => {
  await using ordering = await startOrdering();
  const others = Array.from({ length: 4 }, () => ordering.anotherDriver());
  const placed: Order[] = [];
  for (let number = 0; number < 9; number += 1) {
    const items = [{ productId: 'product_c', quantity: 1, price: 300n }];
    placed.push(await ordering.place({ items, buyerId: `user_${number}` }));
  }
  // Without regard to claims: all of them drive all of them.
  await Promise.all(others.flatMap((driver) => placed.map(driver.driveOn)));
  await ordering.sweepAll();
  for (const { id } of placed) expect(await ordering.stateOf(id)).toBe('SOLD');
  expect(ordering.provider.takings()).toBe(9);
  expect(ordering.catalogue.products.get('product_c')?.stock).toBe(0);
});

test('a claim is given to one of many, and an order at an end to nobody', async () => {
  await using ordering = await startOrdering();
  const { id } = await ordering.place();
  expect(await ordering.orders.claim(id)).toBeNull();
  await ordering.pool.query('UPDATE orders SET next_drive_at = now()');
  const claims = await Promise.all(Array.from({ length: 20 }, () => ordering.orders.claimLeft(5)));
  expect(claims.flat().map((order) => order.id)).toEqual([id]);

  await ordering.sweepAll();
  expect(await ordering.stateOf(id)).toBe('SOLD');
  await ordering.pool.query('UPDATE orders SET next_drive_at = now()');
  expect(await ordering.orders.claimLeft(5)).toEqual([]);
});

test('an order whose buyer has left is given up, unless it may have been charged', async () => {
  await using ordering = await startOrdering();
  ordering.faults.next.set('hold', 'after');
  const pending = await ordering.driver.driveOn(await ordering.place());
  await ordering.pool.query("UPDATE orders SET created_at = now() - interval '11 minutes'");
  await ordering.sweepAll();
  expect(await ordering.stateOf(pending.id)).toBe('EXPIRED');
  await ordering.deliverAll();
  expect(ordering.catalogue.products.get('product_a')?.stock).toBe(5);

  ordering.faults.next.set('charge', 'after');
  const paying = await ordering.driver.driveOn(await ordering.place());
  expect(paying.state).toBe('PAYING');
  await ordering.pool.query("UPDATE orders SET created_at = now() - interval '11 minutes'");
  await ordering.sweepAll();
  expect(await ordering.stateOf(paying.id)).toBe('SOLD');
  expect(ordering.provider.takings()).toBe(1);
});

test('who finds an order too late takes nothing from who has it paid meanwhile', async () => {
  await using ordering = await startOrdering();
  ordering.faults.next.set('beginPayment', 'before');
  const held = await ordering.driver.driveOn(await ordering.place());
  ordering.faults.next.set('charge', 'after');
  await ordering.driver.driveOn(held);
  await ordering.anotherDriver().driveOn({ ...held, isOverdue: true });
  await ordering.sweepAll();
  expect(await ordering.stateOf(held.id)).toBe('SOLD');
  expect(ordering.catalogue.holds.map(({ state }) => state)).toEqual(['SOLD', 'SOLD']);
});

test('an order whose hold ended before it was paid expires without a charge', async () => {
  await using ordering = await startOrdering();
  ordering.faults.next.set('beginPayment', 'before');
  const held = await ordering.driver.driveOn(await ordering.place());
  expect(held.state).toBe('HELD');
  ordering.catalogue.endHolds();
  await ordering.sweepAll();
  expect(await ordering.stateOf(held.id)).toBe('EXPIRED');
  expect(ordering.provider.takings()).toBe(0);
});
