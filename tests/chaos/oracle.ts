import type { PoolClient } from 'pg';
import type { Acknowledged } from './buyer.ts';
import type { Databases } from './market.ts';

// What must hold when nothing is under way any more, as SQL over the rows of all databases: each
// statement lists what breaks its promise.

const PROMISES: Readonly<Record<string, string>> = {
  'no order is stuck': `
    SELECT id, state, attempts, problems FROM orders WHERE state IN ('PENDING', 'HELD', 'PAYING', 'PAID')`,
  'no refund is stuck': `
    SELECT id, order_id, amount FROM refunds WHERE done_at IS NULL`,
  'no item has two owners': `
    SELECT product_id, count(*) FROM held WHERE state = 'SOLD' GROUP BY product_id HAVING sum(quantity) > 1`,
  'nothing is kept for an order that is over': `
    SELECT * FROM held WHERE state IN ('HELD', 'PAYING')`,
  'an item is as its holds say': `
    SELECT goods.*, sold FROM goods
    LEFT JOIN (SELECT product_id, sum(quantity) AS sold FROM held WHERE state = 'SOLD' GROUP BY product_id) AS sales
      ON product_id = id
    WHERE quantity_available + coalesce(sold, 0) <> 1 OR quantity_held <> 0
      OR (availability = 'SOLD') <> (coalesce(sold, 0) = 1)`,
  'what is sold is in an order that was paid, and the other way round': `
    SELECT * FROM (
      SELECT order_id, product_id FROM held WHERE state = 'SOLD'
    ) AS sold FULL JOIN (
      SELECT order_items.order_id, product_id FROM order_items
      JOIN orders ON orders.id = order_id
      JOIN shipments ON shipments.id = shipment_id
      WHERE orders.state = 'SOLD' AND shipments.state <> 'CANCELLED'
    ) AS bought USING (order_id, product_id)
    WHERE sold IS NULL OR bought IS NULL`,
  'every charge is of an order that knows it, of the very amount': `
    SELECT charges.*, state, items_total + shipping_total AS total FROM charges
    LEFT JOIN orders ON orders.id = order_id
    WHERE charges.declined IS NULL
      AND (orders.id IS NULL OR payment_id IS DISTINCT FROM charges.id OR items_total + shipping_total <> charges.amount)`,
  'no order is charged twice, none is paid without a charge': `
    SELECT orders.id, state, count(charges.id) FROM orders
    LEFT JOIN charges ON order_id = orders.id AND declined IS NULL
    GROUP BY orders.id, state HAVING count(charges.id) <> (payment_id IS NOT NULL)::int`,
  'captured money is orders and refunds, to the cent': `
    SELECT orders.id, state, charged, given_back, items_total, shipping_total, refunded_total FROM orders
    JOIN (SELECT order_id, sum(amount) AS charged FROM charges WHERE declined IS NULL GROUP BY order_id) AS money
      ON money.order_id = orders.id
    LEFT JOIN (
      SELECT order_id, sum(paid_back.amount) AS given_back FROM paid_back JOIN charges ON charges.id = charge_id GROUP BY order_id
    ) AS back ON back.order_id = orders.id
    WHERE charged - coalesce(given_back, 0) <>
      CASE WHEN state = 'SOLD' THEN items_total + shipping_total - refunded_total ELSE 0 END
      OR coalesce(given_back, 0) <> refunded_total`,
  'every acknowledged order exists, as it was said to be': `
    SELECT told.*, state FROM told LEFT JOIN orders ON orders.id = order_id
    WHERE state IS NULL
      OR (status = 'PAID' AND state NOT IN ('SOLD', 'CANCELLED', 'REFUNDED'))
      OR (status IN ('FAILED', 'EXPIRED') AND state::text <> status)`,
};

/** The rows of other databases, as the statements call them. */
const copies = async (
  { catalog, payments }: Databases,
  acknowledged: readonly Acknowledged[],
): Promise<
  Readonly<Record<string, { readonly columns: string; readonly rows: readonly object[] }>>
> => ({
  held: {
    columns: 'order_id text, product_id text, quantity int, state text',
    rows: (await catalog.query('SELECT order_id, product_id, quantity, state FROM holds')).rows,
  },
  goods: {
    columns: 'id text, availability text, quantity_available int, quantity_held int',
    rows: (
      await catalog.query(
        'SELECT id, availability, quantity_available, quantity_held FROM products',
      )
    ).rows,
  },
  charges: {
    columns: 'id text, order_id text, amount bigint, declined text',
    rows: (await payments.query('SELECT id, order_id, amount::text, declined FROM charges')).rows,
  },
  paid_back: {
    columns: 'charge_id text, amount bigint',
    rows: (await payments.query('SELECT charge_id, amount::text FROM refunds')).rows,
  },
  told: {
    columns: 'order_id text, status text',
    rows: acknowledged.map(({ orderId, status }) => ({ order_id: orderId, status })),
  },
});

/**
 * Looks into every database.
 *
 * @returns by promise that is broken: the rows that break it
 */
export const judge = async (
  databases: Databases,
  acknowledged: readonly Acknowledged[],
): Promise<Readonly<Record<string, readonly object[]>>> => {
  const client = await databases.cart.connect();
  try {
    return await judgeWith(client, databases, acknowledged);
  } finally {
    // Its temporary tables go with it.
    client.release(true);
  }
};

const judgeWith = async (
  client: PoolClient,
  databases: Databases,
  acknowledged: readonly Acknowledged[],
) => {
  for (const [name, { columns, rows }] of Object.entries(await copies(databases, acknowledged))) {
    await client.query(`CREATE TEMP TABLE ${name} (${columns})`);
    await client.query(
      `INSERT INTO ${name} SELECT * FROM jsonb_to_recordset($1::jsonb) AS given (${columns})`,
      [JSON.stringify(rows)],
    );
  }
  const broken: Record<string, readonly object[]> = {};
  for (const [promise, sql] of Object.entries(PROMISES)) {
    const { rows } = await client.query(sql);
    if (rows.length > 0) broken[promise] = rows;
  }
  return broken;
};

/** What the outbox of the orders brings to the catalogue and the provider. */
const TO_BE_DELIVERED = ['refund', 'holds.release', 'goods.return'];

/** Whether the sweeper has something left to do. */
export const isQuiet = async ({ cart, catalog }: Databases): Promise<boolean> => {
  const orders = await cart.query(
    `SELECT FROM orders WHERE state IN ('PENDING', 'HELD', 'PAYING', 'PAID')
     UNION ALL SELECT FROM refunds WHERE done_at IS NULL
     UNION ALL SELECT FROM outbox WHERE delivered_at IS NULL AND topic = ANY($1) LIMIT 1`,
    [TO_BE_DELIVERED],
  );
  const holds = await catalog.query(`SELECT FROM holds WHERE state IN ('HELD', 'PAYING') LIMIT 1`);
  return orders.rowCount === 0 && holds.rowCount === 0;
};
