import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestSubgraph } from '../kit/subgraph.ts';
import { act, guestToken, look, refusals, startEmptyCarts, user } from './arrange.ts';

let subgraph: TestSubgraph;
let token: string;

beforeAll(async () => {
  subgraph = await startEmptyCarts();
});
beforeEach(async () => {
  token = await guestToken(subgraph);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const add = (productId: string, change: Record<string, unknown> = {}) =>
  act(subgraph, 'addToCart', { token, productId, ...change });

test('lines stay in the order they were put in, whatever happens to them', async () => {
  for (const name of ['c', 'a', 'b']) await add(`product_${name}`);
  await add('product_c', { quantity: 5 });
  const { cart, line, warnings } = await add('product_a');
  expect(cart.lines.map((each: { product: { id: string } }) => each.product.id)).toEqual([
    'product_c',
    'product_a',
    'product_b',
  ]);
  expect(line).toEqual({ id: cart.lines[1].id, quantity: 2 });
  expect(warnings).toEqual([]);
  expect(await look(subgraph, token)).toEqual(cart);
});

test('more than 99 by adding becomes 99, and the buyer is told', async () => {
  await add('product_1', { quantity: 60 });
  const { cart, line, warnings } = await add('product_1', { quantity: 60 });
  expect(line.quantity).toBe(99);
  expect(warnings).toEqual([{ code: 'QUANTITY_ADJUSTED', message: expect.stringContaining('99') }]);
  expect(cart.revision).toBe(2);
  const again = await add('product_1');
  expect(again.warnings).toHaveLength(1);
  expect(again.cart.revision).toBe(2);
});

test.each([
  [{ quantity: 0 }, 'INVALID input.quantity'],
  [{ quantity: -1 }, 'INVALID input.quantity'],
  [{ quantity: 100 }, 'INVALID input.quantity'],
  [{ productId: 'user_1' }, 'INVALID input.productId'],
  [{ productId: '\0' }, 'INVALID input.productId'],
  [{ priceSeen: { amount: '-1', currencyCode: 'EUR' } }, 'INVALID input.priceSeen.amount'],
  [{ priceSeen: { amount: '1.234', currencyCode: 'EUR' } }, 'INVALID input.priceSeen.amount'],
])('an addition out of its bounds is refused: %j', async (change, refusal) => {
  const input = { token, productId: 'product_1', ...change };
  expect(await refusals(subgraph, 'addToCart', input)).toEqual([refusal]);
  expect(await look(subgraph, token)).toMatchObject({ revision: 0, lines: [] });
});

test('the price on the screen is kept, and replaced by a later one', async () => {
  const price = (amount: string) => ({ amount, currencyCode: 'GBP' });
  await add('product_1', { priceSeen: price('10') });
  const kept = await add('product_1');
  expect(kept.cart.lines[0].priceSeen).toEqual(price('10.00'));
  const replaced = await add('product_1', { priceSeen: price('12.50') });
  expect(replaced.cart.lines[0].priceSeen).toEqual(price('12.50'));
});

test('a line takes 0 to 99, and 0 takes it out', async () => {
  const { line } = await add('product_1');
  const change = (quantity: number) =>
    act(subgraph, 'changeCartLine', { token, lineId: line.id, quantity });
  expect((await change(99)).line).toEqual({ id: line.id, quantity: 99 });
  for (const quantity of [-1, 100])
    expect(
      await refusals(subgraph, 'changeCartLine', { token, lineId: line.id, quantity }),
    ).toEqual(['INVALID input.quantity']);
  expect(await change(0)).toMatchObject({ line: null, cart: { lines: [], totalQuantity: 0 } });
});

test('every change is one revision, and what changes nothing is none', async () => {
  const { line } = await add('product_1', { quantity: 2 });
  const revision = async (...args: [Parameters<typeof act>[1], Record<string, unknown>]) =>
    (await act(subgraph, args[0], { token, ...args[1] })).cart.revision;
  expect(await revision('changeCartLine', { lineId: line.id, quantity: 2 })).toBe(1);
  expect(await revision('changeCartLine', { lineId: line.id, quantity: 3 })).toBe(2);
  expect(await revision('removeCartLine', { lineId: line.id })).toBe(3);
  expect(await revision('clearCart', {})).toBe(3);
  await add('product_1');
  await add('product_2');
  expect(await revision('clearCart', {})).toBe(6);
});

test('a line of another cart is not there', async () => {
  const { line } = await add('product_1');
  token = await guestToken(subgraph);
  const input = { token, lineId: line.id };
  expect(await refusals(subgraph, 'removeCartLine', input)).toEqual(['NOT_FOUND input.lineId']);
  expect(await refusals(subgraph, 'changeCartLine', { ...input, quantity: 5 })).toEqual([
    'NOT_FOUND input.lineId',
  ]);
});

test('a user has a cart from the first item on', async () => {
  const viewer = user(5);
  expect(await look(subgraph, null, viewer)).toBeNull();
  expect(await refusals(subgraph, 'clearCart', {}, viewer)).toEqual(['NOT_FOUND']);
  const { cart } = await act(subgraph, 'addToCart', { productId: 'product_1' }, viewer);
  expect(await look(subgraph, null, viewer)).toEqual(cart);
});

test.each([
  ['a quantity of 100', 'UPDATE cart_lines SET quantity = 100'],
  ['half a price', 'UPDATE cart_lines SET price_seen_amount = 1, price_seen_currency = NULL'],
  ['a cart of nobody', 'UPDATE carts SET token_hash = NULL'],
  ['a cart of two', `UPDATE carts SET user_id = 'user_1' WHERE user_id IS NULL`],
  ['a token as it is', `UPDATE carts SET token_hash = 'secret'`],
])('the database itself refuses %s', async (_what, change) => {
  await add('product_1');
  await expect(subgraph.pool.query(change)).rejects.toThrow('check constraint');
});
