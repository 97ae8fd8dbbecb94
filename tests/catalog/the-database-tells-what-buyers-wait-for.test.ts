import pg from 'pg';
import { expect, test } from 'vitest';
import { withCleanup } from '../kit/cleanup.ts';
import { cloneDatabase, openPool } from '../kit/database.ts';
import { arrange, put } from './arrange.ts';

const ITEMS = Array.from({ length: 250 }, (_, number) => `product_${'x'.repeat(40)}${number}`);

/** A catalogue of 250 items, and the payloads that are heard of it, in order. */
const startHearing = () =>
  withCleanup(async ({ use, defer }) => {
    const { url } = use(await cloneDatabase('catalog', 'empty'));
    const pool = openPool(url);
    defer(() => pool.end());
    await arrange({ pool }, []);
    const listener = new pg.Client({ connectionString: url });
    await listener.connect();
    defer(() => listener.end());
    const payloads: string[] = [];
    listener.on('notification', ({ payload = '' }) => payloads.push(payload));
    await listener.query('LISTEN product_changed');
    for (const id of ITEMS) await put({ pool }, { id });
    return {
      change: (set: string) => pool.query(`UPDATE products SET ${set}`),
      // What was told before is heard before the answer to a later statement.
      heard: async () => {
        await listener.query('SELECT 1');
        return payloads;
      },
    };
  });

test('new items and other changes are not told', async () => {
  await using hearing = await startHearing();
  await hearing.change("title = 'Another title', updated_at = now()");
  await hearing.change('price_amount = price_amount');
  expect(await hearing.heard()).toEqual([]);
});

test.each([
  'price_amount = 1',
  "price_currency = 'USD'",
  'quantity_available = 2',
  "availability = 'RESERVED'",
])('a statement that sets %s tells all its items, few at a time', async (set) => {
  await using hearing = await startHearing();
  await hearing.change(set);
  const payloads = await hearing.heard();
  expect(payloads).toHaveLength(3);
  expect(payloads.flatMap((each) => each.split(' ')).toSorted()).toEqual(ITEMS.toSorted());
});
