import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalog } from '../../subgraphs/catalog/server.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import { arrange } from './arrange.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
  await arrange(subgraph, [
    { id: 'product_1', brand: 'Zara', condition: 'NEW', price: 999 },
    { id: 'product_2', brand: 'ZARA', condition: 'GOOD', price: 1000 },
    { id: 'product_3', brand: 'Zara', condition: 'GOOD', price: 4999, category: 'shoes' },
    { id: 'product_4', brand: 'Nike', condition: 'FAIR', price: 5000, category: 'shoes' },
    {
      id: 'product_5',
      condition: 'NEW',
      price: 700_000,
      category: 'rangefinders',
      seller: 'user_2',
    },
    { id: 'product_6', brand: 'Nike', price: 1500, currency: 'USD', category: 'lenses' },
    { id: 'product_7', brand: 'Nike', availability: 'SOLD' },
    { id: 'product_8', brand: 'Nike', availability: 'WITHDRAWN' },
    { id: 'product_9', brand: 'Nike', availability: 'RESERVED' },
  ]);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const list = async (filter: Record<string, unknown>) => {
  const { data, errors } = await subgraph.query({
    document: `query List($filter: ProductFilter) {
      products(filter: $filter, sort: PRICE_ASCENDING, first: 100) {
        nodes { id }
        totalCount
        facets {
          categories { category { slug } count }
          brands { brand count }
          conditions { condition count }
          priceRanges { from { amount currencyCode } below { amount } count }
        }
      }
    }`,
    variables: { filter },
  });
  expect(errors).toBeUndefined();
  const { nodes, totalCount, facets } = data.products;
  expect(totalCount).toBe(nodes.length);
  const counts = (
    rows: readonly { count: number }[],
    name: (row: never) => string,
  ): Record<string, number> =>
    Object.fromEntries(rows.map((row) => [name(row as never), row.count]));
  return {
    ids: nodes.map(({ id }: { id: string }) => Number(id.slice('product_'.length))),
    categories: counts(
      facets.categories,
      (row: { category: { slug: string } }) => row.category.slug,
    ),
    brands: counts(facets.brands, (row: { brand: string }) => row.brand),
    conditions: counts(facets.conditions, (row: { condition: string }) => row.condition),
    prices: counts(
      facets.priceRanges,
      ({ from, below }: Record<'from' | 'below', { amount: string; currencyCode: string }>) =>
        `${from.amount}-${below?.amount ?? ''} ${from.currencyCode}`,
    ),
  };
};

const ALL = {
  categories: { dresses: 2, shoes: 2, lenses: 1, rangefinders: 1 },
  brands: { Zara: 3, Nike: 2 },
  conditions: { NEW: 2, GOOD: 3, FAIR: 1 },
  prices: {
    '0.00-10.00 EUR': 1,
    '10.00-20.00 EUR': 1,
    '10.00-20.00 USD': 1,
    '20.00-50.00 EUR': 1,
    '50.00-100.00 EUR': 1,
    '5000.00- EUR': 1,
  },
};

test('without a filter all that is for sale is counted, and nothing else', async () => {
  expect(await list({})).toEqual({ ids: [1, 2, 6, 3, 4, 5], ...ALL });
});

test('empty lists of values do not narrow', async () => {
  expect(await list({ categories: [], brands: [], conditions: [] })).toMatchObject(ALL);
});

test('brands are chosen in upper or lower case, and counted as if not', async () => {
  expect(await list({ brands: ['zara'] })).toEqual({
    ids: [1, 2, 3],
    categories: { dresses: 2, shoes: 1 },
    brands: ALL.brands,
    conditions: { NEW: 1, GOOD: 2 },
    prices: { '0.00-10.00 EUR': 1, '10.00-20.00 EUR': 1, '20.00-50.00 EUR': 1 },
  });
});

test('a category stands for all below it; its facet shows the others too', async () => {
  expect(await list({ categories: ['cameras'] })).toMatchObject({
    ids: [6, 5],
    categories: ALL.categories,
    brands: { Nike: 1 },
  });
  expect((await list({ categories: ['film-cameras', 'shoes'] })).ids).toEqual([3, 4, 5]);
  expect((await list({ categories: ['no-such'] })).ids).toEqual([]);
});

test('conditions and prices narrow everything but their own facets', async () => {
  expect(await list({ conditions: ['NEW', 'FAIR'] })).toMatchObject({
    ids: [1, 4, 5],
    conditions: ALL.conditions,
    brands: { Nike: 1, Zara: 1 },
  });
  expect(await list({ minPrice: '10', maxPrice: '49.99' })).toMatchObject({
    ids: [2, 6, 3],
    prices: ALL.prices,
    conditions: { GOOD: 3 },
  });
});

test('all filters hold together', async () => {
  const filter = {
    search: 'someth',
    brands: ['ZARA'],
    conditions: ['GOOD'],
    categories: ['clothing'],
  };
  expect((await list({ ...filter, maxPrice: 10, sellerId: 'user_1' })).ids).toEqual([2]);
  expect((await list({ ...filter, sellerId: 'user_2' })).ids).toEqual([]);
  expect((await list({ sellerId: "user_1' OR TRUE" })).ids).toEqual([]);
});

test('most items first, conditions from best to worst', async () => {
  const { categories, brands, conditions } = await list({});
  expect(Object.values(categories)).toEqual([2, 2, 1, 1]);
  expect(Object.keys(brands)).toEqual(['Zara', 'Nike']);
  expect(Object.keys(conditions)).toEqual(['NEW', 'GOOD', 'FAIR']);
});

test('a price with three decimals is refused', async () => {
  const { errors } = await subgraph.query({
    document: '{ products(first: 1, filter: { minPrice: "1.999" }) { totalCount } }',
  });
  expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
});
