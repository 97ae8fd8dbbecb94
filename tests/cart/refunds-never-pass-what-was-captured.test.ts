import { expect, test } from 'vitest';
import { ADMIN, act, BUYER, buy, codes, eur, orderOf, page, SELLER, startShop } from './buying.ts';

/** Pays an order, and gives the shipment of `user_s`: 20.00 and 7.40 for sending it. */
const sold = async () => {
  const shop = await startShop();
  const { order } = await buy(shop);
  const shipmentId: string = (await page(shop, 'mySales', 'first: 1', SELLER)).nodes[0].id;
  return { shop, orderId: order.id, shipmentId };
};

test('of refunds at once, no more than was paid for the shipment takes effect', async () => {
  const { shop, orderId, shipmentId } = await sold();
  await using _ = shop;
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_each, number) =>
      act(
        shop,
        'refundShipment',
        { shipmentId, amount: eur('5.00'), idempotencyKey: `refund ${number}` },
        SELLER,
      ),
    ),
  );
  expect(answers.flatMap(codes)).toEqual(Array.from({ length: 15 }, () => 'AMOUNT_TOO_HIGH'));
  expect((await orderOf(shop, orderId)).refundedTotal).toEqual(eur('25.00'));
  await expect
    .poll(() => [...shop.provider.refunded.values()].reduce((sum, each) => sum + each, 0n))
    .toBe(2_500n);
});

test('the same refund fifty times at once is one, and another under its key is refused', async () => {
  const { shop, shipmentId } = await sold();
  await using _ = shop;
  const input = { shipmentId, amount: eur('27.40'), idempotencyKey: 'refund 1' };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => act(shop, 'refundShipment', input, SELLER)),
  );
  expect(new Set(answers.map(({ refund }) => refund.id)).size).toBe(1);
  const other = await act(shop, 'refundShipment', { ...input, amount: eur('1.00') }, SELLER);
  expect(codes(other)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  const { rows } = await shop.pool.query('SELECT amount::int FROM refunds');
  expect(rows).toEqual([{ amount: 2_740 }]);
});

test('the database itself refuses what passes the shipment or the payment', async () => {
  const { shop, orderId, shipmentId } = await sold();
  await using _ = shop;
  const insert = (amount: number) =>
    shop.pool.query(
      "INSERT INTO refunds (id, order_id, shipment_id, idempotency_key, amount) VALUES ('refund_' || $3, $1, $2, $3, $3::bigint)",
      [orderId, shipmentId, String(amount)],
    );
  await expect(insert(2_741)).rejects.toThrow('shipments_refunded_total_check');
  await insert(2_740);
  await expect(insert(1)).rejects.toThrow('shipments_refunded_total_check');
  await shop.pool.query('ALTER TABLE shipments DROP CONSTRAINT shipments_refunded_total_check');
  await expect(insert(891)).rejects.toThrow('orders_refunded_total_check');
});

test('a refund whose answer was lost is repeated under its key', async () => {
  const { shop, shipmentId } = await sold();
  await using _ = shop;
  shop.faults.next.set('refund', 'after');
  const input = { shipmentId, amount: eur('1.00'), idempotencyKey: 'refund 1' };
  const { refund } = await act(shop, 'refundShipment', input, SELLER);
  const doneAt = async () =>
    (await page(shop, 'mySales', 'first: 1', SELLER)).nodes[0].refunds[0].doneAt;
  await expect.poll(doneAt, { timeout: 10_000 }).not.toBeNull();
  expect([...shop.provider.refunded]).toEqual([[refund.id, 100n]]);
});

test('the seller and administrators give money back, nobody else, and not in another currency', async () => {
  const { shop, orderId, shipmentId } = await sold();
  await using _ = shop;
  const input = { shipmentId, amount: eur('1.00'), idempotencyKey: 'refund 1' };
  expect(codes(await act(shop, 'refundShipment', input, BUYER))).toEqual(['NOT_FOUND']);
  expect(codes(await act(shop, 'refundShipment', input))).toEqual(['UNAUTHENTICATED']);
  expect(codes(await act(shop, 'refundShipment', input, ADMIN))).toEqual([]);
  for (const amount of [eur('0'), eur('-1'), { amount: '1.00', currencyCode: 'USD' }]) {
    const wrong = { ...input, amount, idempotencyKey: 'refund 2' };
    expect(codes(await act(shop, 'refundShipment', wrong, SELLER))).toEqual(['INVALID']);
  }
  expect((await orderOf(shop, orderId)).refundedTotal).toEqual(eur('1.00'));
});

test('an order that is given back in whole is refunded', async () => {
  const { shop, orderId, shipmentId } = await sold();
  await using _ = shop;
  const other = (await orderOf(shop, orderId)).shipments.find(
    ({ id }: { id: string }) => id !== shipmentId,
  );
  const give = (id: string, amount: string) =>
    act(
      shop,
      'refundShipment',
      { shipmentId: id, amount: eur(amount), idempotencyKey: `refund ${id}` },
      ADMIN,
    );
  await give(shipmentId, '27.40');
  expect((await orderOf(shop, orderId)).status).toBe('PAID');
  await give(other.id, other.total.amount);
  expect(await orderOf(shop, orderId)).toMatchObject({
    status: 'REFUNDED',
    refundedTotal: eur('36.30'),
  });
});
