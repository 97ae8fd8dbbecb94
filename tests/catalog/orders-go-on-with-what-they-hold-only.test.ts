import { afterAll, beforeAll, expect, test } from 'vitest';
import { GUEST, type Viewer } from '../../contract/viewer.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import {
  buy,
  fencesOf,
  hold,
  pay,
  release,
  sell,
  startWithPieces,
  statesOf,
  stock,
  takeBack,
} from './holding.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((each) => `product_${each}`);
  subgraph = await startWithPieces(Object.fromEntries(items.map((id) => [id, 4])));
});
afterAll(() => subgraph[Symbol.asyncDispose]());

test('a hold says what it keeps, for how much, and whose it was', async () => {
  const { holds } = await hold(subgraph, 'order_says', { product_a: 2 });
  expect(holds).toEqual([
    {
      productId: 'product_a',
      quantity: 2,
      fence: expect.stringMatching(/^\d+$/),
      state: 'HELD',
      heldUntil: expect.any(String),
      price: { amount: '10.00', currencyCode: 'EUR' },
      sellerId: 'user_1',
      title: 'Something',
    },
  ]);
});

test('a changed price, an own item, and what is not there are told for each item', async () => {
  await subgraph.pool.query("UPDATE products SET price_amount = 1250 WHERE id = 'product_h'");
  const asked = { product_h: 1, product_none: 1, 'x\0': 1, product_b: 5 };
  expect((await hold(subgraph, 'order_bad', asked)).problems).toEqual([
    'PRICE_CHANGED product_h',
    'ITEM_UNAVAILABLE product_none',
    'ITEM_UNAVAILABLE x\0',
    'ITEM_UNAVAILABLE product_b',
  ]);
  const own = await hold(subgraph, 'order_bad', { product_b: 1 }, { buyerId: 'user_1' });
  expect(own.problems).toEqual(['OWN_ITEM product_b']);
  const dearer = await hold(subgraph, 'order_bad', { product_h: 1 }, { amount: '12.5' });
  expect(dearer.problems).toEqual([]);
});

test.each([
  ['no item', 'order_1', {}, {}],
  [
    'too many items',
    'order_1',
    Object.fromEntries([...Array(101).keys()].map((i) => [`product_${i}`, 1])),
    {},
  ],
  ['no piece', 'order_1', { product_b: 0 }, {}],
  ['too many pieces', 'order_1', { product_b: 1000 }, {}],
  ['half a cent', 'order_1', { product_b: 1 }, { amount: '10.005' }],
  ['no order', 'cart_1', { product_b: 1 }, {}],
  ['no buyer', 'order_1', { product_b: 1 }, { buyerId: 'Bob' }],
])('a request out of its bounds is INVALID: %s', async (_what, orderId, pieces, rest) => {
  const { problems } = await hold(subgraph, orderId, pieces, rest);
  expect(problems.map((each) => each.split(' ')[0])).toEqual(['INVALID']);
});

test('asking again changes nothing, however often and at once', async () => {
  const pieces = { product_c: 1, product_d: 2 };
  const again = <T>(act: () => Promise<T>) => Promise.all([act(), act(), act()]);
  const [held, ...others] = await again(() => hold(subgraph, 'order_again', pieces));
  expect(others).toEqual([held, held]);
  if (held === undefined) throw new Error('nothing is held');
  const left = { product_c: 'AVAILABLE 3', product_d: 'AVAILABLE 2' };
  expect(await stock(subgraph)).toMatchObject(left);
  for (const [act, state] of [
    [() => pay(subgraph, 'order_again', held), 'PAYING'],
    [() => hold(subgraph, 'order_again', pieces), 'PAYING'],
    [() => sell(subgraph, 'order_again', held), 'SOLD'],
    [() => hold(subgraph, 'order_again', pieces), 'SOLD'],
    [() => pay(subgraph, 'order_again', held), 'SOLD'],
  ] as const) {
    for (const outcome of await again(act)) expect(statesOf(outcome)).toEqual([state, state]);
  }
  expect(await stock(subgraph)).toMatchObject(left);
  const { rows } = await subgraph.pool.query(
    "SELECT topic, payload FROM outbox WHERE payload->>'orderId' = 'order_again' ORDER BY payload->>'productId'",
  );
  const sold = { orderId: 'order_again', buyerId: 'user_2', occurredAt: expect.any(String) };
  expect(rows).toEqual([
    { topic: 'item.sold', payload: { ...sold, productId: 'product_c', quantity: 1 } },
    { topic: 'item.sold', payload: { ...sold, productId: 'product_d', quantity: 2 } },
  ]);
});

test('an order that asks for other items than before is refused', async () => {
  await hold(subgraph, 'order_other', { product_e: 1 });
  const others = [
    [{ product_e: 2 }, {}],
    [{ product_f: 1 }, {}],
    [{ product_e: 1, product_f: 1 }, {}],
    [{ product_e: 1 }, { amount: '11' }],
    [{ product_e: 1 }, { buyerId: 'user_3' }],
  ] as const;
  for (const [pieces, rest] of others) {
    expect((await hold(subgraph, 'order_other', pieces, rest)).problems).toEqual(['INVALID']);
  }
});

test('who comes with an old fence, too many or too few is refused', async () => {
  const held = await hold(subgraph, 'order_fences', { product_e: 1, product_f: 1 });
  const [e, f] = held.holds ?? [];
  const old = { holds: [e, { ...f, fence: String(BigInt(f.fence) - 1n) }], problems: [] };
  for (const act of [pay, sell]) {
    expect((await act(subgraph, 'order_fences', old)).problems).toEqual(['HOLD_ENDED product_f']);
    for (const holds of [[e], [e, e], [e, f, f], [e, { ...f, productId: 'product_g' }]]) {
      const outcome = await act(subgraph, 'order_fences', { holds, problems: [] });
      expect(outcome.problems).toEqual(['INVALID']);
    }
    expect((await act(subgraph, 'order_nobody', held)).problems).toEqual(['HOLD_ENDED']);
  }
  expect(fencesOf(held)).toHaveLength(2);
});

test('nothing is sold before its payment has begun', async () => {
  const held = await hold(subgraph, 'order_early', { product_e: 1 });
  expect((await sell(subgraph, 'order_early', held)).problems).toEqual(['INVALID']);
});

test('what is released comes back, and its order holds nothing from then on', async () => {
  const before = await stock(subgraph);
  const held = await hold(subgraph, 'order_release', { product_g: 4 });
  await pay(subgraph, 'order_release', held);
  expect(await stock(subgraph)).toEqual({ ...before, product_g: 'RESERVED 0' });
  for (let time = 0; time < 2; time += 1) {
    expect(statesOf(await release(subgraph, 'order_release'))).toEqual(['RELEASED']);
  }
  expect(await stock(subgraph)).toEqual(before);
  for (const outcome of [
    await hold(subgraph, 'order_release', { product_g: 4 }),
    await pay(subgraph, 'order_release', held),
    await sell(subgraph, 'order_release', held),
  ]) {
    expect(outcome.problems).toEqual(['HOLD_ENDED product_g']);
  }
});

test('an order that was released before it held anything holds nothing later', async () => {
  for (let time = 0; time < 2; time += 1) {
    expect(await release(subgraph, 'order_tomb')).toEqual({ holds: [], problems: [] });
  }
  expect((await hold(subgraph, 'order_tomb', { product_g: 1 })).problems).toEqual(['HOLD_ENDED']);
});

test('of a hold and a release that meet, either order leaves nothing held', async () => {
  const before = await stock(subgraph);
  const meetings = Array.from({ length: 20 }, (_, index) => `order_meet${index}`);
  await Promise.all(
    meetings.flatMap((id) => [hold(subgraph, id, { product_g: 1 }), release(subgraph, id)]),
  );
  expect(await stock(subgraph)).toEqual(before);
});

test('what was sold is returned, not released: on sale again or gone', async () => {
  await using shop = await startWithPieces({ product_a: 1, product_b: 1, product_c: 3 });
  await buy(shop, 'order_1', { product_a: 1, product_b: 1, product_c: 1 });
  expect(await stock(shop)).toEqual({
    product_a: 'SOLD 0',
    product_b: 'SOLD 0',
    product_c: 'AVAILABLE 2',
  });
  expect((await release(shop, 'order_1')).problems).toHaveLength(3);
  for (let time = 0; time < 2; time += 1) {
    await takeBack(shop, 'order_1', ['product_a'], true);
    const back = await takeBack(shop, 'order_1', ['product_b', 'product_c'], false);
    expect(statesOf(back)).toEqual(['RELEASED', 'RELEASED', 'RELEASED']);
  }
  expect(await stock(shop)).toEqual({
    product_a: 'AVAILABLE 1',
    product_b: 'WITHDRAWN 0',
    product_c: 'AVAILABLE 2',
  });
  expect((await takeBack(shop, 'order_1', ['product_x'], true)).problems).toEqual([
    'INVALID product_x',
  ]);
  await hold(shop, 'order_2', { product_a: 1 });
  expect((await takeBack(shop, 'order_2', ['product_a'], true)).problems).toEqual([
    'INVALID product_a',
  ]);
});

test('what comes back to an item that its seller took off sale stays off sale', async () => {
  await using shop = await startWithPieces({ product_a: 3 });
  await hold(shop, 'order_1', { product_a: 1 });
  await buy(shop, 'order_2', { product_a: 1 });
  await shop.pool.query("UPDATE products SET availability = 'WITHDRAWN', quantity_available = 0");
  await release(shop, 'order_1');
  await takeBack(shop, 'order_2', ['product_a'], true);
  expect(await stock(shop)).toEqual({ product_a: 'WITHDRAWN 0' });
});

const user: Viewer = { kind: 'user', id: 'user_2', scopes: ['catalog:holds'], sessionId: null };
const service: Viewer = { kind: 'service', name: 'users', scopes: ['cart:facts'] };

test.each([
  ['a guest', GUEST],
  ['a user who has the scope', user],
  ['a service without it', service],
])('%s holds, sells and releases nothing', async (_who, viewer) => {
  const fences = 'fences: []';
  const { data, errors } = await subgraph.query({
    document: `mutation {
      holdItems(input: { orderId: "order_x", buyerId: "user_2", items: [] }) { problems { code } }
      beginPayment(input: { orderId: "order_x", ${fences} }) { problems { code } }
      sellHeldItems(input: { orderId: "order_x", ${fences} }) { problems { code } }
      releaseHeldItems(input: { orderId: "order_x" }) { problems { code } }
      returnSoldItems(input: { orderId: "order_x", productIds: [], relist: true }) { problems { code } } }`,
    viewer,
  });
  expect(Object.values(data)).toEqual([null, null, null, null, null]);
  expect(new Set(errors?.map(({ extensions }) => extensions?.['code']))).toEqual(
    new Set(['FORBIDDEN']),
  );
});
