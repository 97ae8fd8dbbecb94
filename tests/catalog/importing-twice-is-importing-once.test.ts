import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { treeOf } from '../../subgraphs/catalog/categories.ts';
import {
  type ImportListing,
  type ImportRow,
  importListings,
  validateImportRow,
} from '../../subgraphs/catalog/imports.ts';
import { createStore, type Store } from '../../subgraphs/catalog/store.ts';
import { type Database, openDatabase } from '../../subgraphs/kit/database.ts';
import { cloneDatabase, type TestDatabase } from '../kit/database.ts';
import { arrange } from './arrange.ts';

let clone: TestDatabase;
let database: Database;
let store: Store;
const statements: string[] = [];

beforeAll(async () => {
  clone = await cloneDatabase('catalog', 'empty');
  database = openDatabase(clone.url, { onStatement: (text) => statements.push(text) });
  store = createStore(database);
  await arrange(database, []);
});
beforeEach(() => database.pool.query('TRUNCATE products'));
afterAll(async () => {
  await database.close();
  await clone[Symbol.asyncDispose]();
});

const row = (number: number, change: Partial<ImportRow> = {}): ImportRow => ({
  importKey: `shop:${number}`,
  sellerId: 'user_7',
  listedAt: new Date('2025-05-05T05:05:05.555Z'),
  title: `Lamp ${number}`,
  description: 'A "quoted"\n\\ lamp, é',
  condition: 'GOOD',
  brand: null,
  price: { amount: '12.34', currencyCode: 'GBP' },
  categorySlug: 'dresses',
  quantity: 3,
  attributes: [{ name: 'Colour', value: 'Red' }],
  ...change,
});

const accepted = async (rows: readonly ImportRow[]): Promise<ImportListing[]> => {
  const tree = treeOf(await store.categories());
  return rows.map((each) => {
    const outcome = validateImportRow(each, tree);
    if (!outcome.done) throw new Error(JSON.stringify(outcome.userErrors));
    return outcome.result;
  });
};

const run = async (rows: readonly ImportRow[]) => importListings(store, await accepted(rows));

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test('the second run changes nothing', async () => {
  const rows = numbers(25).map((number) => row(number));
  expect(await run(rows)).toEqual({ inserted: 25, updated: 0, unchanged: 0 });
  const look = () => database.pool.query('SELECT * FROM products ORDER BY import_key');
  const first = (await look()).rows;
  expect(await run(rows)).toEqual({ inserted: 0, updated: 0, unchanged: 25 });
  expect((await look()).rows).toEqual(first);
});

test('what is written is what the file said', async () => {
  await run([row(1)]);
  const [product] = await store.productsById(
    (await database.pool.query('SELECT id FROM products')).rows.map(({ id }) => id),
  );
  expect(product).toMatchObject({
    title: 'Lamp 1',
    description: 'A "quoted"\n\\ lamp, é',
    price: { minorUnits: 1234n, currencyCode: 'GBP' },
    sellerId: 'user_7',
    quantityAvailable: 3,
    attributes: [{ name: 'Colour', value: 'Red' }],
    listedAt: new Date('2025-05-05T05:05:05.555Z'),
  });
});

test('a changed row is updated under the id it has', async () => {
  await run([row(1), row(2)]);
  const idOf = async () =>
    (await database.pool.query(`SELECT id FROM products WHERE import_key = 'shop:2'`)).rows[0].id;
  const id = await idOf();
  const changed = row(2, { title: 'Better lamp', brand: 'Ikea' });
  expect(await run([row(1), changed])).toEqual({ inserted: 0, updated: 1, unchanged: 1 });
  expect(await idOf()).toBe(id);
  expect((await store.productsById([id]))[0]).toMatchObject({
    title: 'Better lamp',
    brand: 'Ikea',
  });
});

test('what happened in the shop stays: sold items, stock, and who sells', async () => {
  await run([row(1), row(2), row(3)]);
  await database.pool.query(`
    UPDATE products SET availability = 'SOLD', quantity_available = 0 WHERE import_key = 'shop:1';
    UPDATE products SET quantity_available = 1 WHERE import_key = 'shop:2'`);
  const rows = [1, 2].map((number) => row(number, { title: 'New title' }));
  const taken = row(3, { title: 'New title', sellerId: 'user_8' });
  expect(await run([...rows, taken])).toEqual({ inserted: 0, updated: 1, unchanged: 2 });
  const { rows: kept } = await database.pool.query(
    'SELECT title, availability, quantity_available, seller_id FROM products ORDER BY import_key',
  );
  expect(kept.map((each) => Object.values(each).join(' '))).toEqual([
    'Lamp 1 SOLD 0 user_7',
    'New title AVAILABLE 1 user_7',
    'Lamp 3 AVAILABLE 3 user_7',
  ]);
});

test('a key that comes twice counts once, as its last row says', async () => {
  expect(await run([row(1), row(2), row(1, { title: 'Last word' })])).toEqual({
    inserted: 2,
    updated: 0,
    unchanged: 1,
  });
  const { rows } = await database.pool.query(
    `SELECT title FROM products WHERE import_key = 'shop:1'`,
  );
  expect(rows).toEqual([{ title: 'Last word' }]);
});

test('a thousand rows go into one statement, and what they say can be searched', async () => {
  const listings = await accepted(numbers(1001).map((number) => row(number)));
  statements.length = 0;
  expect((await importListings(store, listings)).inserted).toBe(1001);
  expect(statements).toHaveLength(2);
  expect(await store.searchWords('quoted')).toMatchObject([{ known: true }]);
});

test('imports of the same rows at the same time, in any order, end as one', async () => {
  const listings = await accepted(numbers(1000).map((number) => row(number)));
  const orders = [listings, listings.toReversed(), listings, listings.toReversed()];
  const results = await Promise.all(orders.map((each) => importListings(store, each)));
  expect(results.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(1000);
  expect(results.every(({ updated }) => updated === 0)).toBe(true);
});

test.each([
  [{ importKey: '' }, 'importKey'],
  [{ sellerId: 'Bob' }, 'sellerId'],
  [{ listedAt: new Date('never') }, 'listedAt'],
  [{ title: 'x' }, 'title'],
  [{ categorySlug: 'cameras' }, 'categorySlug'],
  [{ price: { amount: 'free', currencyCode: 'EUR' as const } }, 'price.amount'],
])('rows are held to the rules of sellers: %j', async (change, field) => {
  const outcome = validateImportRow(row(1, change), treeOf(await store.categories()));
  expect(outcome.done ? [] : outcome.userErrors.map((each) => each.field?.join('.'))).toEqual([
    field,
  ]);
});
