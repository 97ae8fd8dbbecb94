import { expect, test } from 'vitest';
import { treeOf } from '../../subgraphs/catalog/categories.ts';
import { importListings, validateImportRow } from '../../subgraphs/catalog/imports.ts';
import { createStore } from '../../subgraphs/catalog/store.ts';
import { openDatabase } from '../../subgraphs/kit/database.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import { buy, startWithPieces } from './holding.ts';
import { sellerDoes } from './selling.ts';

const told = async ({ pool }: TestSubgraph): Promise<string[]> => {
  const { rows } = await pool.query('SELECT topic, payload FROM outbox ORDER BY created_at');
  return rows.map(({ topic, payload }) => `${topic} ${payload.productId}`);
};

const id = 'product_a';

test('listing, withdrawing and selling leave a fact each, what changes nothing leaves none', async () => {
  await using subgraph = await startWithPieces({ [id]: 3, product_b: 1 });
  const { product } = await sellerDoes(subgraph, 'draft', { input: { title: 'Lamp' } });
  await sellerDoes(subgraph, 'edit', {
    id: product.id,
    input: {
      condition: 'NEW',
      price: { amount: '1', currencyCode: 'EUR' },
      categorySlug: 'shoes',
    },
  });
  expect(await told(subgraph)).toEqual([]);

  await sellerDoes(subgraph, 'publish', { id: product.id });
  await sellerDoes(subgraph, 'publish', { id: product.id });
  await buy(subgraph, 'order_1', { [id]: 1 });
  await sellerDoes(subgraph, 'withdraw', { id });
  await sellerDoes(subgraph, 'withdraw', { id });
  await sellerDoes(subgraph, 'relist', { id });
  expect(await told(subgraph)).toEqual([
    `item.listed ${product.id}`,
    `item.sold ${id}`,
    `item.withdrawn ${id}`,
    `item.listed ${id}`,
  ]);
});

test('a change to what is for sale is told, and so is what it shows, a draft only when it is public', async () => {
  await using subgraph = await startWithPieces({ [id]: 1 });
  const picture = 'image_01kb0000000000000000000000';
  const { product } = await sellerDoes(subgraph, 'draft', {
    input: { title: 'Lamp', mediaIds: [picture] },
  });
  const draft = product.id;
  await sellerDoes(subgraph, 'edit', { id: draft, input: { title: 'Old lamp' } });
  await sellerDoes(subgraph, 'edit', { id, input: { title: 'New' } });
  await sellerDoes(subgraph, 'edit', { id, input: { mediaIds: [picture] } });
  await sellerDoes(subgraph, 'edit', {
    id: draft,
    input: {
      condition: 'NEW',
      price: { amount: '1', currencyCode: 'EUR' },
      categorySlug: 'shoes',
    },
  });
  await sellerDoes(subgraph, 'publish', { id: draft });
  expect((await told(subgraph)).toSorted()).toEqual(
    [
      `item.media ${draft}`,
      `item.changed ${id}`,
      `item.changed ${id}`,
      `item.media ${id}`,
      `item.listed ${draft}`,
      `item.media ${draft}`,
    ].toSorted(),
  );
});

test('an import tells of what is new and of what it changed, in the statement that writes it', async () => {
  await using subgraph = await startWithPieces({});
  const statements: string[] = [];
  const database = openDatabase(subgraph.databaseUrl, {
    onStatement: (text) => statements.push(text),
  });
  const store = createStore(database);
  const tree = treeOf(await store.categories());
  const listings = Array.from({ length: 300 }, (_, number) => {
    const row = validateImportRow(
      {
        importKey: `shop:${number}`,
        sellerId: 'user_1',
        listedAt: null,
        title: `Lamp ${number}`,
        description: '',
        condition: 'GOOD',
        brand: null,
        price: { amount: '5', currencyCode: 'EUR' },
        categorySlug: 'shoes',
        quantity: 1,
        attributes: [],
      },
      tree,
    );
    if (!row.done) throw new Error('the row is fine');
    return row.result;
  });
  statements.length = 0;
  await importListings(store, listings);
  expect(statements).toHaveLength(1);
  expect(new Set(await told(subgraph)).size).toBe(300);
  const dearer = { minorUnits: 900n, currencyCode: 'EUR' } as const;
  await importListings(
    store,
    listings.map((each) => ({ ...each, price: dearer })),
  );
  const topics = (await told(subgraph)).map((each) => each.split(' ')[0]);
  expect(topics.filter((each) => each === 'item.changed')).toHaveLength(300);
  expect(topics).toHaveLength(600);
  const { rows } = await subgraph.pool.query('SELECT DISTINCT version FROM products');
  expect(rows).toEqual([{ version: 2 }]);
  await database.close();
});
