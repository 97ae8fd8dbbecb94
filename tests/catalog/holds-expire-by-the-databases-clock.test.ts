import { expect, test } from 'vitest';
import { releaseExpired } from '../../subgraphs/catalog/sweep-store.ts';
import { withConnection } from '../../subgraphs/kit/connection.ts';
import { buy, expire, hold, pay, startWithPieces, statesOf, stock } from './holding.ts';
import { next, watch } from './watching.ts';

test('items are held for ten minutes from now, as the database says what is now', async () => {
  await using subgraph = await startWithPieces({ product_a: 1 });
  await hold(subgraph, 'order_1', { product_a: 1 });
  const { rows } = await subgraph.pool.query(
    `SELECT held_until - created_at = interval '10 minutes' AS exact,
       created_at BETWEEN now() - interval '1 minute' AND now() AS "isNow" FROM holds`,
  );
  expect(rows).toEqual([{ exact: true, isNow: true }]);
});

test('what has expired is free for the next order at once', async () => {
  await using subgraph = await startWithPieces({ product_a: 1 });
  const late = await hold(subgraph, 'order_1', { product_a: 1 });
  expect(await stock(subgraph)).toEqual({ product_a: 'RESERVED 0' });
  await expire(subgraph, 'order_1');
  const held = await hold(subgraph, 'order_2', { product_a: 1 });
  expect(held.problems).toEqual([]);
  expect((await pay(subgraph, 'order_1', late)).problems).toEqual(['HOLD_ENDED product_a']);
  expect(BigInt(held.holds?.[0].fence)).toBeGreaterThan(BigInt(late.holds?.[0].fence));
});

test('an order whose time is over cannot begin to pay, also where nobody else came', async () => {
  await using subgraph = await startWithPieces({ product_a: 1 });
  const held = await hold(subgraph, 'order_1', { product_a: 1 });
  await expire(subgraph, 'order_1');
  expect((await pay(subgraph, 'order_1', held)).problems).toEqual(['HOLD_ENDED product_a']);
  expect((await hold(subgraph, 'order_1', { product_a: 1 })).problems).toEqual([
    'HOLD_ENDED product_a',
  ]);
});

test('nothing expires while it is being paid', async () => {
  await using subgraph = await startWithPieces({ product_a: 1 });
  const held = await hold(subgraph, 'order_1', { product_a: 1 });
  await pay(subgraph, 'order_1', held);
  await expire(subgraph, 'order_1');
  expect(await withConnection(subgraph.databaseUrl, releaseExpired)).toBe(0);
  const { problems } = await hold(subgraph, 'order_2', { product_a: 1 });
  expect(problems).toEqual(['ITEM_UNAVAILABLE product_a']);
  expect(statesOf(await pay(subgraph, 'order_1', held))).toEqual(['PAYING']);
});

test('what has expired comes back by itself, and those who wait for it are told', async () => {
  await using subgraph = await startWithPieces({ product_a: 2 });
  await hold(subgraph, 'order_1', { product_a: 2 });
  const events = watch(subgraph, ['product_a']);
  expect(await next(events)).toMatchObject({ availability: 'RESERVED' });
  await expire(subgraph, 'order_1');
  expect(await next(events)).toMatchObject({ availability: 'AVAILABLE' });
  expect(await stock(subgraph)).toEqual({ product_a: 'AVAILABLE 2' });
}, 30_000);

test('sweepers release each hold once, and leave what others work on', async () => {
  const pieces = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`product_${i}`, 3]));
  await using subgraph = await startWithPieces({ ...pieces, product_busy: 1 });
  await buy(subgraph, 'order_sold', { product_0: 1 });
  await hold(subgraph, 'order_kept', { product_0: 1 });
  await hold(subgraph, 'order_1', { ...pieces, product_0: 1 });
  await hold(subgraph, 'order_2', { product_busy: 1 });
  const client = await subgraph.pool.connect();
  await client.query("BEGIN; SELECT FROM products WHERE id = 'product_busy' FOR UPDATE");
  for (const order of ['order_sold', 'order_1', 'order_2']) await expire(subgraph, order);

  const sweep = () => withConnection(subgraph.databaseUrl, releaseExpired);
  await Promise.all([sweep(), sweep(), sweep()]);
  expect(await stock(subgraph)).toMatchObject({
    product_0: 'AVAILABLE 1',
    product_1: 'AVAILABLE 3',
    product_busy: 'RESERVED 0',
  });
  await client.query('COMMIT');
  client.release();
  await sweep();
  expect(await stock(subgraph)).toMatchObject({ product_busy: 'AVAILABLE 1' });
});
