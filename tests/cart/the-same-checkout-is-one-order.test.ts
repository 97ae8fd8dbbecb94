import { expect, test } from 'vitest';
import { act as change, user } from './arrange.ts';
import { buy, codes, eur, ITEMS, orderOf, person, SELLER, startShop } from './buying.ts';
import { ADDRESS } from './ordering.ts';

test('fifty times the same checkout at once is one order and one charge', async () => {
  await using shop = await startShop();
  const answers = await Promise.all(Array.from({ length: 50 }, () => buy(shop)));
  const ids = new Set(answers.map(({ order }) => order.id));
  expect(ids.size).toBe(1);
  expect(answers.flatMap(codes)).toEqual([]);
  expect((await orderOf(shop, [...ids][0])).status).toBe('PAID');
  expect(shop.provider.takings()).toBe(1);
  expect(shop.catalogue.products.get('product_a')?.stock).toBe(3);
});

test('a replay after a day tells the order as it is, with everything that it was', async () => {
  await using shop = await startShop();
  const first = await buy(shop);
  expect(first.order).toMatchObject({
    status: 'PAID',
    isPending: false,
    itemsTotal: eur('23.00'),
    shippingTotal: eur('13.30'),
    total: eur('36.30'),
    refundedTotal: eur('0.00'),
    address: { recipient: 'Ada Example', countryCode: 'FR' },
    items: [
      { product: { id: 'product_a' }, title: 'The product_a', quantity: 2, price: eur('10.00') },
      { product: { id: 'product_c' }, title: 'The product_c', quantity: 1, price: eur('3.00') },
    ],
  });
  await shop.pool.query("UPDATE orders SET created_at = created_at - interval '1 day'");
  const { order } = await buy(shop);
  expect(order).toEqual({ ...first.order, placedAt: order.placedAt });
});

test.each([
  ['another card', { paymentMethod: 'card_slow' }],
  ['another address', { addressId: 'address_1' }],
  ['other items', { items: ITEMS.slice(1) }],
  ['another quantity', { items: [{ ...ITEMS[0], quantity: 1 }, ITEMS[1]] }],
  ['another price', { items: [{ ...ITEMS[0], expectedPrice: eur('9.99') }, ITEMS[1]] }],
  ['another total', { expectedTotal: eur('36.30') }],
  ['the whole cart', { items: null }],
])('%s under a used key is refused', async (_what, input) => {
  await using shop = await startShop();
  const { order } = await buy(shop);
  expect(codes(await buy(shop, input))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  expect(shop.provider.takings()).toBe(1);
  expect((await buy(shop)).order.id).toBe(order.id);
});

test('the same price written otherwise is the same', async () => {
  await using shop = await startShop();
  const { order } = await buy(shop);
  const items = [{ ...ITEMS[0], expectedPrice: eur('10') }, ITEMS[1]];
  expect((await buy(shop, { items })).order.id).toBe(order.id);
});

test('the keys of two buyers have nothing to do with each other', async () => {
  await using shop = await startShop();
  const other = person('user_other');
  shop.addresses.set('user_other', (await buy(shop)).order.address);
  const { order } = await buy(shop, {}, other);
  expect(await orderOf(shop, order.id)).toBeNull();
  expect(shop.provider.takings()).toBe(2);
});

test('a refusal is the same refusal again, and a new key is a new try', async () => {
  await using shop = await startShop();
  const declined = await buy(shop, { paymentMethod: 'card_declined' });
  expect(declined.order).toBeNull();
  expect(codes(declined)).toEqual(['PAYMENT_DECLINED']);
  expect(await buy(shop, { paymentMethod: 'card_declined' })).toEqual(declined);
  const again = await buy(shop, { idempotencyKey: 'checkout 2' });
  expect(again.order.status).toBe('PAID');
});

test('where the outcome is not known the order says so, and later what it was', async () => {
  await using shop = await startShop();
  shop.faults.next.set('charge', 'after');
  const { order } = await buy(shop);
  expect(order).toMatchObject({ status: 'PENDING', isPending: true, paidAt: null });
  await expect.poll(async () => (await orderOf(shop, order.id)).status).toBe('PAID');
  expect(shop.provider.takings()).toBe(1);
});

test('an order that took too long is a refusal, and nothing was asked for it', async () => {
  await using shop = await startShop();
  await shop.pool.query(
    "ALTER TABLE orders ALTER created_at SET DEFAULT now() - interval '11 minutes'",
  );
  expect(codes(await buy(shop))).toEqual(['EXPIRED']);
  expect(codes(await buy(shop))).toEqual(['EXPIRED']);
  expect(shop.catalogue.holds).toEqual([]);
  expect(shop.provider.takings()).toBe(0);
});

test('what was bought leaves the cart, and what was not stays', async () => {
  await using shop = await startShop();
  const viewer = user(1);
  shop.addresses.set('user_1', (await buy(shop)).order.address);
  const put = (productId: string, quantity: number, amount: string) =>
    change(shop, 'addToCart', { productId, quantity, priceSeen: eur(amount) }, viewer);
  await put('product_a', 3, '10.00');
  const { cart: before } = await put('product_c', 1, '3.00');

  const bought = await buy(shop, { items: [{ ...ITEMS[0], quantity: 1 }, ITEMS[1]] }, viewer);
  expect(bought.order.status).toBe('PAID');
  const { cart } = await change(shop, 'clearCart', {}, viewer);
  expect(cart.revision).toBe(before.revision + 2);

  await put('product_a', 2, '10.00');
  const whole = await buy(shop, { items: null, idempotencyKey: 'checkout 2' }, viewer);
  expect(whole.order.items).toMatchObject([{ product: { id: 'product_a' }, quantity: 2 }]);
  const { data } = await shop.query({ document: '{ cart { lines { id } } }', viewer });
  expect(data.cart.lines).toEqual([]);
  expect((await buy(shop, { items: null, idempotencyKey: 'checkout 2' }, viewer)).order.id).toBe(
    whole.order.id,
  );
});

test('every refusal of the input says which field and takes nothing', async () => {
  await using shop = await startShop();
  const fields = async (input: Record<string, unknown>) =>
    (await buy(shop, input)).userErrors.map(
      ({ code, field }: { code: string; field: string[] | null }) =>
        `${code} ${field?.join('.') ?? ''}`,
    );
  expect(await fields({ idempotencyKey: 'short' })).toEqual(['INVALID input.idempotencyKey']);
  expect(await fields({ paymentMethod: '' })).toEqual(['INVALID input.paymentMethod']);
  expect(await fields({ addressId: 'user_1' })).toEqual(['INVALID input.addressId']);
  expect(await fields({ items: [ITEMS[0], ITEMS[0]] })).toEqual(['INVALID input.items']);
  expect(await fields({ items: [{ ...ITEMS[0], quantity: 0 }] })).toEqual([
    'INVALID input.items.0.quantity',
  ]);
  expect(await fields({ items: [{ ...ITEMS[0], expectedPrice: eur('-1') }] })).toEqual([
    'INVALID input.items.0.expectedPrice.amount',
  ]);
  const usd = { amount: '3.00', currencyCode: 'USD' };
  expect(await fields({ items: [ITEMS[0], { ...ITEMS[1], expectedPrice: usd }] })).toEqual([
    'SEVERAL_CURRENCIES ',
  ]);
  expect(await fields({ items: null })).toEqual(['CART_EMPTY ']);
  expect(await fields({ items: [] })).toEqual(['CART_EMPTY ']);
  shop.addresses.clear();
  expect(await fields({})).toEqual(['ADDRESS_MISSING input.addressId']);
  shop.faults.next.set('addressFor', 'before');
  expect(await fields({})).toEqual(['TRY_LATER ']);
  expect(codes(await buy(shop, {}, { kind: 'guest' }))).toEqual(['UNAUTHENTICATED']);
  expect((await shop.pool.query('SELECT FROM orders')).rowCount).toBe(0);
});

test('what the catalogue refuses is told item by item', async () => {
  await using shop = await startShop();
  const items = [
    { productId: 'product_a', quantity: 6, expectedPrice: eur('10.00') },
    { productId: 'product_b', quantity: 1, expectedPrice: eur('24.00') },
    { productId: 'product_z', quantity: 1, expectedPrice: eur('1.00') },
  ];
  const { order, userErrors } = await buy(shop, { items });
  expect(order).toBeNull();
  expect(userErrors).toMatchObject([
    { code: 'ITEM_UNAVAILABLE', productId: 'product_a', quantityAvailable: 5 },
    { code: 'PRICE_CHANGED', productId: 'product_b', price: eur('25.00') },
    { code: 'ITEM_UNAVAILABLE', productId: 'product_z' },
  ]);
  shop.addresses.set('user_s', ADDRESS);
  expect(codes(await buy(shop, {}, SELLER))).toEqual(['OWN_ITEM']);
  expect(shop.provider.takings()).toBe(0);
});
