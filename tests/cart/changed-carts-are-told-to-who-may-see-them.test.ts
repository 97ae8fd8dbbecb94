import { expect, test } from 'vitest';
import { GUEST, type Viewer } from '../../contract/viewer.ts';
import type { SubgraphEvents } from '../../router/transport/subscribe.ts';
import { cart } from '../../subgraphs/cart/server.ts';
import type { Data } from '../kit/http.ts';
import { startTwin, type TestSubgraph } from '../kit/subgraph.ts';
import { act, CART, guestToken, look, offer, resolve, startEmptyCarts, user } from './arrange.ts';

const watch = (
  subgraph: TestSubgraph,
  token: string | null,
  viewer: Viewer = GUEST,
  includeCurrent = true,
): SubgraphEvents =>
  subgraph.subscribe({
    document: `subscription Watch($token: String, $includeCurrent: Boolean!) {
      cartChanged(token: $token, includeCurrent: $includeCurrent) { ${CART} } }`,
    variables: { token, includeCurrent },
    viewer,
  });

/** The cart of the next event. */
const next = async (events: SubgraphEvents): Promise<Data> => {
  const { value } = await events.next();
  expect(value?.errors).toBeUndefined();
  return value?.data?.['cartChanged'];
};

test('two processes tell a guest’s cart that was changed through one of them', async () => {
  await using one = await startEmptyCarts();
  await using other = await startTwin(cart, one);
  const token = await guestToken(one);
  const watches = [watch(one, token), watch(other, token)];
  for (const each of watches) expect(await next(each)).toMatchObject({ revision: 0, lines: [] });

  await act(one, 'addToCart', { token, productId: 'product_1', quantity: 2 });

  const expected = await look(one, token);
  expect(expected).toMatchObject({ revision: 1, totalQuantity: 2 });
  for (const each of watches) expect(await next(each)).toEqual(expected);
});

test('a user hears of the cart that is made later, and of nobody else’s', async () => {
  await using subgraph = await startEmptyCarts();
  const events = watch(subgraph, null, user(1));
  expect(await next(events)).toBeNull();

  await act(subgraph, 'addToCart', { productId: 'product_2' }, user(2));
  await act(subgraph, 'addToCart', { productId: 'product_1' }, user(1));

  expect(await next(events)).toMatchObject({
    revision: 1,
    lines: [{ product: { id: 'product_1' } }],
  });
});

test('a user hears of a cart that is made and stays empty', async () => {
  await using subgraph = await startEmptyCarts();
  const events = watch(subgraph, null, user(1));
  await next(events);
  await subgraph.pool.query("INSERT INTO carts (id, user_id) VALUES ('cart_1', 'user_1')");
  expect(await next(events)).toMatchObject({ id: 'cart_1', revision: 0, lines: [] });
});

test('an event gives what the router needs to have prices and totals added', async () => {
  await using subgraph = await startEmptyCarts();
  const events = watch(subgraph, null, user(1));
  await next(events);
  await act(subgraph, 'addToCart', { productId: 'product_1', quantity: 3 }, user(1));

  const { id, revision, lines } = await next(events);
  const representation = {
    __typename: 'Cart',
    id,
    revision,
    lines: lines.map(() => offer('5.00')),
  };
  const { data } = await resolve(
    subgraph,
    [representation],
    '... on Cart { totals { amount } }',
    user(1),
  );
  expect(data._entities).toEqual([{ totals: [{ amount: '15.00' }] }]);
});

test.each([
  ['a token that opens nothing', 'nothing-like-this'],
  ['a guest without a token', null],
])('%s sees nothing, as in a query', async (_who, token) => {
  await using subgraph = await startEmptyCarts();
  const events = watch(subgraph, token, GUEST, false);
  expect(await next(events)).toBeNull();
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test('a cart that is gone is told as null', async () => {
  await using subgraph = await startEmptyCarts();
  const token = await guestToken(subgraph);
  const events = watch(subgraph, token);
  await next(events);
  await subgraph.pool.query('DELETE FROM carts');
  expect(await next(events)).toBeNull();
});

test('a guest’s cart that becomes a user’s is told to both', async () => {
  await using subgraph = await startEmptyCarts();
  const token = await guestToken(subgraph);
  const watches = [watch(subgraph, token), watch(subgraph, null, user(1))] as const;
  await Promise.all(watches.map(next));
  await subgraph.pool.query("UPDATE carts SET user_id = 'user_1', token_hash = NULL");
  expect(await next(watches[0])).toBeNull();
  expect(await next(watches[1])).toMatchObject({ revision: 0 });
});
