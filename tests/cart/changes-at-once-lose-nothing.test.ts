import { expect, test } from 'vitest';
import { act, guestToken, look, startEmptyCarts, user } from './arrange.ts';

const times = <Result>(count: number, make: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

test('fifty adds of one item at once make fifty pieces and fifty revisions', async () => {
  await using subgraph = await startEmptyCarts();
  const token = await guestToken(subgraph);
  const results = await times(50, () =>
    act(subgraph, 'addToCart', { token, productId: 'product_1' }),
  );

  const cart = await look(subgraph, token);
  expect(cart).toMatchObject({ revision: 50, totalQuantity: 50 });
  expect(cart.lines).toHaveLength(1);
  const revisions = results
    .map((result) => result.cart.revision)
    .toSorted((one, other) => one - other);
  expect(revisions).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  for (const result of results) expect(result.cart.totalQuantity).toBe(result.cart.revision);
});

test('fifty adds of fifty items at once to a cart that is not there yet make one cart', async () => {
  await using subgraph = await startEmptyCarts();
  const viewer = user(1);
  const results = await times(50, (index) =>
    act(subgraph, 'addToCart', { productId: `product_${index}` }, viewer),
  );
  expect(new Set(results.map((result) => result.cart.id)).size).toBe(1);
  const cart = await look(subgraph, null, viewer);
  expect(cart).toMatchObject({ revision: 50, totalQuantity: 50 });
  expect(cart.lines).toHaveLength(50);
});

test('of adds at once beyond a hundred lines, exactly the rest is refused', async () => {
  await using subgraph = await startEmptyCarts();
  const token = await guestToken(subgraph);
  await times(90, (index) => act(subgraph, 'addToCart', { token, productId: `product_${index}` }));
  const results = await times(20, (index) =>
    act(subgraph, 'addToCart', { token, productId: `product_more${index}` }),
  );
  const refused = results.filter(({ cart }) => cart === null);
  expect(refused).toHaveLength(10);
  expect(refused.every(({ userErrors }) => userErrors[0].code === 'TOO_MANY')).toBe(true);
  expect((await look(subgraph, token)).lines).toHaveLength(100);

  const { userErrors } = await act(subgraph, 'addToCart', { token, productId: 'product_0' });
  expect(userErrors).toEqual([]);
});

test('changes of every kind at once are applied one after the other', async () => {
  await using subgraph = await startEmptyCarts();
  const token = await guestToken(subgraph);
  const { line } = await act(subgraph, 'addToCart', { token, productId: 'product_1' });
  await Promise.all([
    ...[2, 3, 4].map((quantity) =>
      act(subgraph, 'changeCartLine', { token, lineId: line.id, quantity }),
    ),
    act(subgraph, 'removeCartLine', { token, lineId: line.id }),
    act(subgraph, 'clearCart', { token }),
    ...[1, 2, 3].map(() => act(subgraph, 'addToCart', { token, productId: 'product_2' })),
  ]);
  const { rows } = await subgraph.pool.query('SELECT sum(quantity)::int AS pieces FROM cart_lines');
  expect((await look(subgraph, token)).totalQuantity).toBe(rows[0].pieces ?? 0);
});
