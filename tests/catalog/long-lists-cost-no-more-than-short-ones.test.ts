import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ERAS, readEras } from '../../subgraphs/catalog/newest.ts';
import { EVERYTHING } from '../../subgraphs/catalog/selections.ts';
import { catalog } from '../../subgraphs/catalog/server.ts';
import { createStore } from '../../subgraphs/catalog/store.ts';
import { type Database, openDatabase } from '../../subgraphs/kit/database.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import { arrange } from './arrange.ts';

let subgraph: TestSubgraph;
let database: Database;

const COUNT = 12_000;

/** Every second one is a lamp, every tenth of these a red lamp, the newest four hundred are blue. */
beforeAll(async () => {
  subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
  await arrange(subgraph, []);
  await subgraph.pool.query(
    `INSERT INTO products (id, title, description, brand, condition, price_amount, price_currency,
       category_id, seller_id, listed_at)
     SELECT 'product_' || lpad(n::text, 6, '0'),
       CASE WHEN n % 20 = 0 THEN 'Red lamp' WHEN n % 2 = 0 THEN 'Lamp' ELSE 'Chair' END,
       CASE WHEN n % 7 = 0 THEN 'A lamp for lamp lovers' ELSE '' END,
       CASE WHEN n > $1 - 400 THEN 'Blue' ELSE 'Plain' END, 'GOOD', 100 + n % 900, 'EUR',
       'category_dresses', 'user_1', timestamptz '2026-11-01' - ($1 - n) * interval '1 hour'
     FROM generate_series(1, $1::int) n`,
    [COUNT],
  );
  await subgraph.pool.query('ANALYZE products');
  database = openDatabase(subgraph.databaseUrl);
});
afterAll(async () => {
  await database.close();
  await subgraph[Symbol.asyncDispose]();
});

const at = (days: number) => new Date(Date.UTC(2026, 10, 1) - days * 86_400_000);

test.each([
  ['in one step', [at(400)]],
  ['in the last step', [at(1), at(10), at(15)]],
  ['in the middle', [at(3), at(60), at(300)]],
  ['before the first week', [at(2000)]],
])('searched step by step the newest are the newest of all: found %s', async (_where, eras) => {
  const whole = createStore(database);
  const stepwise = createStore(database, () => eras);
  const request = { direction: 'forward', size: 100, cursor: null } as const;
  for (const query of ["'red'", "'lamp'", "'lamp' & 'lover'", "'nothing'"]) {
    const selection = { ...EVERYTHING, query };
    const stretch = { selection, sort: 'RELEVANCE', request, position: null } as const;
    expect(await stepwise.stretches(stretch, null)).toEqual(await whole.stretches(stretch, null));
    const facets = ['brands', 'conditions', 'priceRanges'] as const;
    expect(await stepwise.facetCounts(selection, facets, null)).toEqual(
      await whole.facetCounts(selection, facets, null),
    );
  }
});

test('a market that is small is searched at once, a large one by what is newest', async () => {
  const few = await readEras(async () => null);
  expect(few).toEqual(NO_ERAS);
  const eras = await readEras(async (n) => (n < 100_000 ? at(n) : null));
  expect(eras.map((each) => each.getTime())).toEqual(
    eras.map((each) => each.getTime()).toSorted((one, other) => other - one),
  );
  expect(eras.length).toBeGreaterThan(1);
});

const LIST = `query List($search: String, $brands: [String!], $sort: ProductSort, $after: String) {
  products(first: 100, filter: { search: $search, brands: $brands }, sort: $sort, after: $after) {
    nodes { id } pageInfo { hasNextPage endCursor } totalCount
    facets { isApproximate brands { brand count } conditions { count } } } }`;

const list = async (variables: Record<string, unknown>) => {
  const { data, errors } = await subgraph.query({ document: LIST, variables });
  expect(errors).toBeUndefined();
  return data.products;
};

test('of a long search the newest are ranked, and what is best among them comes first', async () => {
  const met: string[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo } = await list({ search: 'lamp', after });
    met.push(...nodes.map(({ id }: { id: string }) => id));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(new Set(met).size).toBe(500);
  const { rows } = await subgraph.pool.query(
    `SELECT id FROM products WHERE title LIKE '%amp' OR description <> '' ORDER BY listed_at DESC LIMIT 500`,
  );
  expect(met.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
});

test('another sort has all of them', async () => {
  const { nodes } = await list({ search: 'lamp', sort: 'PRICE_ASCENDING' });
  const { rows } = await subgraph.pool.query(
    `SELECT id FROM products WHERE title LIKE '%amp' OR description <> '' ORDER BY price_amount, id LIMIT 100`,
  );
  expect(nodes).toEqual(rows);
});

test('lengths end at a number that says so, and facets say when they are those of the newest', async () => {
  expect(await list({})).toMatchObject({
    totalCount: 10_000,
    facets: {
      isApproximate: true,
      brands: [
        { brand: 'Plain', count: 600 },
        { brand: 'Blue', count: 400 },
      ],
      conditions: [{ count: 1_000 }],
    },
  });
  expect(await list({ search: 'lamp' })).toMatchObject({ totalCount: 1_000 });
  // Its own filter aside there are many, so the counts beside it may not be all.
  expect(await list({ brands: ['blue'] })).toMatchObject({
    totalCount: 400,
    facets: { isApproximate: true, conditions: [{ count: 400 }] },
  });
  expect(await list({ search: 'red' })).toMatchObject({
    totalCount: 600,
    facets: { isApproximate: false, conditions: [{ count: 600 }] },
  });
});
