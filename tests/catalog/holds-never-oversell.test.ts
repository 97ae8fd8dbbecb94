import { expect, test } from 'vitest';
import { catalog } from '../../subgraphs/catalog/server.ts';
import { startTwin, type TestSubgraph } from '../kit/subgraph.ts';
import { buy, hold, pay, release, sell, startWithPieces } from './holding.ts';

const ITEMS = Array.from({ length: 10 }, (_, index) => `product_${index}`);
const PIECES = 13;
const ORDERS = 200;

/** Three items in an order of their own, one to three pieces of each. */
const wanted = (order: number): Record<string, number> => {
  const steps = order % 2 === 0 ? [0, 3, 7] : [7, 3, 0];
  return Object.fromEntries(
    steps.map((step, index) => [`product_${(order + step) % 10}`, ((order + index) % 3) + 1]),
  );
};

const sums = async ({ pool }: TestSubgraph) =>
  (
    await pool.query(
      `SELECT id, quantity_available, quantity_held, quantity_sold,
         coalesce(sum(quantity) FILTER (WHERE state IN ('HELD', 'PAYING')), 0)::int AS held,
         coalesce(sum(quantity) FILTER (WHERE state = 'SOLD'), 0)::int AS sold
       FROM products LEFT JOIN holds ON product_id = id GROUP BY id ORDER BY id`,
    )
  ).rows;

test('two hundred orders at once, over two processes, share what there is and wait in no circle', async () => {
  await using one = await startWithPieces(Object.fromEntries(ITEMS.map((id) => [id, PIECES])));
  await using other = await startTwin(catalog, one);
  const of = (order: number) => (order % 3 === 0 ? other : one);

  const outcomes = await Promise.all(
    Array.from({ length: ORDERS }, async (_, order) => {
      const id = `order_${order}`;
      const held = await hold(of(order), id, wanted(order));
      if (held.holds === null) return held.problems;
      if (order % 4 === 0) return (await release(of(order), id)).problems;
      await pay(of(order + 1), id, held);
      return (await sell(of(order), id, held)).problems;
    }),
  );

  const refusals = outcomes.flat();
  expect(refusals.filter((each) => !each.startsWith('ITEM_UNAVAILABLE'))).toEqual([]);
  expect(refusals.length).toBeGreaterThan(0);
  for (const row of await sums(one)) {
    expect(row).toMatchObject({ quantity_held: row.held, quantity_sold: row.sold, held: 0 });
    expect(row.quantity_available + row.sold).toBe(PIECES);
  }
  // All or none: an order that was refused holds nothing.
  const { rows } = await one.pool.query(
    'SELECT order_id FROM holds GROUP BY order_id HAVING count(*) <> 3',
  );
  expect(rows).toEqual([]);
});

test('of many who want the last piece one gets it', async () => {
  await using subgraph = await startWithPieces({ product_last: 1 });
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, (_, order) => buy(subgraph, `order_${order}`, { product_last: 1 })),
  );
  expect(outcomes.filter(({ holds }) => holds !== null)).toHaveLength(1);
});

test('where one item is missing none is held', async () => {
  await using subgraph = await startWithPieces({ product_a: 5, product_b: 1 });
  const { problems } = await hold(subgraph, 'order_1', { product_a: 1, product_b: 2 });
  expect(problems).toEqual(['ITEM_UNAVAILABLE product_b']);
  expect((await hold(subgraph, 'order_2', { product_a: 5, product_b: 1 })).problems).toEqual([]);
});

const INSERT = `INSERT INTO holds
  (order_id, product_id, quantity, price_amount, price_currency, seller_id, held_until, state)
  VALUES ('order_1', 'product_a', $1, 1000, 'EUR', 'user_1', now() + interval '1 minute', $2)`;

test('the database itself refuses to hold more than there is, and to sell what is not held', async () => {
  await using subgraph = await startWithPieces({ product_a: 2 });
  const { pool } = subgraph;
  await pool.query("INSERT INTO holders (order_id, buyer_id) VALUES ('order_1', 'user_2')");
  await expect(pool.query(INSERT, [3, 'HELD'])).rejects.toThrow('products_quantity_available');
  await expect(pool.query(INSERT, [1, 'SOLD'])).rejects.toThrow('a hold begins as HELD');
  await pool.query(INSERT, [2, 'HELD']);
  for (const [change, refusal] of [
    ["state = 'SOLD'", 'a hold cannot go from HELD to SOLD'],
    ['quantity = 1', 'a hold cannot go'],
    ['fence = DEFAULT', 'a hold cannot go'],
    ["product_id = 'product_b'", 'a hold cannot go'],
  ] as const) {
    await expect(pool.query(`UPDATE holds SET ${change}`)).rejects.toThrow(refusal);
  }
  await expect(pool.query('DELETE FROM holds')).rejects.toThrow('released, not deleted');
  await pool.query("UPDATE holds SET state = 'RELEASED'");
  await expect(pool.query("UPDATE holds SET state = 'HELD'")).rejects.toThrow('from RELEASED');
  await pool.query("UPDATE products SET availability = 'WITHDRAWN', quantity_available = 0");
  await pool.query("INSERT INTO holders (order_id, buyer_id) VALUES ('order_2', 'user_2')");
  await expect(pool.query(INSERT.replace('order_1', 'order_2'), [1, 'HELD'])).rejects.toThrow(
    'product_a is not for sale',
  );
});
