import { expect, test } from 'vitest';
import { catalog } from '../../subgraphs/catalog/server.ts';
import { startTwin } from '../kit/subgraph.ts';
import { next, setPrice, startWithItems, watch } from './watching.ts';

const LISTENING = `SELECT FROM pg_stat_activity WHERE datname = current_database()
  AND application_name = 'emporium listening' AND query LIKE 'LISTEN%' AND state = 'idle'`;

test('two processes tell a change that was made through one of them', async () => {
  await using one = await startWithItems('product_a');
  await using other = await startTwin(catalog, one);
  const watches = [watch(one, ['product_a']), watch(other, ['product_a'])];
  for (const each of watches) {
    expect(await next(each)).toMatchObject({ price: { amount: '10.00' } });
  }
  const { data } = await one.query({
    document: `mutation { editProduct(id: "product_a", input: {
      price: { amount: "7.50", currencyCode: EUR } }) { userErrors { code } } }`,
    viewer: { kind: 'user', id: 'user_1', scopes: ['seller'], sessionId: null },
  });
  expect(data.editProduct.userErrors).toEqual([]);
  for (const each of watches) {
    expect(await next(each)).toEqual({
      id: 'product_a',
      availability: 'AVAILABLE',
      price: { amount: '7.50' },
      category: { slug: 'dresses' },
    });
  }
});

test('an item is told when it is sold, and only to those who watch it', async () => {
  await using subgraph = await startWithItems('product_a', 'product_b');
  const watches = [watch(subgraph, ['product_a']), watch(subgraph, ['product_b'])] as const;
  for (const each of watches) await next(each);

  await subgraph.pool.query(
    "UPDATE products SET availability = 'SOLD', quantity_available = 0 WHERE id = 'product_a'",
  );
  await setPrice(subgraph, 'product_b', 900);

  expect(await next(watches[0])).toMatchObject({ id: 'product_a', availability: 'SOLD' });
  expect(await next(watches[1])).toMatchObject({ id: 'product_b', price: { amount: '9.00' } });
});

test('only changes come unless the current state is asked for', async () => {
  await using subgraph = await startWithItems('product_a');
  const first = next(watch(subgraph, ['product_a'], { includeCurrent: false }));
  // One that began later has told its current state: so had the first, if it did.
  await expect
    .poll(() => subgraph.pool.query(LISTENING), { timeout: 20_000 })
    .toMatchObject({ rowCount: 1 });
  await next(watch(subgraph, ['product_a']));
  await setPrice(subgraph, 'product_a', 900);

  expect((await first).price.amount).toBe('9.00');
});

test('several changes that nobody asked for meanwhile come as one', async () => {
  await using subgraph = await startWithItems('product_a', 'product_b');
  const events = watch(subgraph, ['product_a', 'product_b']);
  expect([await next(events), await next(events)].map(({ id }) => id)).toEqual([
    'product_a',
    'product_b',
  ]);
  await subgraph.pool.query(
    "UPDATE products SET price_amount = 100; UPDATE products SET price_amount = 200 WHERE id = 'product_a'",
  );
  const [a, b] = [await next(events), await next(events)];
  expect([a.price.amount, b.price.amount]).toEqual(['2.00', '1.00']);
});

test.each([0, 101])('a watch of %i items is refused', async (count) => {
  await using subgraph = await startWithItems();
  const ids = Array.from({ length: count }, (_, number) => `product_${number}`);
  const events = watch(subgraph, ids);
  const message = '`ids` names 1 to 100 items.';
  expect((await events.next()).value).toMatchObject({
    errors: [{ message, path: ['productChanged'], extensions: { code: 'BAD_USER_INPUT' } }],
  });
  expect((await events.next()).done).toBe(true);
});
