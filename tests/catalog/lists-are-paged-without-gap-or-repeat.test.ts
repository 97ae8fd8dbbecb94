import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalog } from '../../subgraphs/catalog/server.ts';
import type { Data } from '../kit/http.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import { arrange } from './arrange.ts';

let subgraph: TestSubgraph;

const COUNT = 23;

beforeAll(async () => {
  subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
  // Times, prices and ranks repeat, so that ties lie across the edges of pages.
  const items = Array.from({ length: COUNT }, (_, index) => ({
    id: `product_${String((index * 7) % COUNT).padStart(2, '0')}`,
    title: index % 3 === 0 ? 'Red lamp' : index % 3 === 1 ? 'Lamp' : 'Lamp, lamp, red red lamp',
    description: index % 4 === 0 ? 'A lamp' : '',
    price: 1000 + (index % 4) * 250,
    listedAt: `2026-03-01T12:00:00.${String(index % 5).padStart(3, '0')}Z`,
  }));
  await arrange(subgraph, items);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const SORTS = ['RELEVANCE', 'NEWEST', 'PRICE_ASCENDING', 'PRICE_DESCENDING'];

interface Answer {
  readonly products: Data;
  readonly code: unknown;
}

const page = async (variables: Record<string, unknown>): Promise<Answer> => {
  const { data, errors } = await subgraph.query({
    document: `query Page($sort: ProductSort, $first: Int, $after: String, $last: Int, $before: String) {
      products(filter: { search: "lamp" }, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id listedAt price { amount } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`,
    variables,
  });
  return { products: data?.products, code: errors?.[0]?.extensions?.['code'] };
};

type Edge = { node: { id: string; listedAt: string; price: { amount: string } } };

const idsOf = (edges: readonly Edge[]): string[] => edges.map(({ node }) => node.id);

test.each(SORTS)('%s: pages forward and backward make up the whole list', async (sort) => {
  const whole = (await page({ sort, first: 100 })).products;
  const ids = idsOf(whole.edges);
  expect(new Set(ids).size).toBe(COUNT);
  expect(whole.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });

  const forward: string[] = [];
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo }: Data = (await page({ sort, first: 4, after })).products;
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    forward.push(...idsOf(edges));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(forward).toEqual(ids);

  const backward: string[] = [];
  for (let before: string | null = null; ; ) {
    const { edges, pageInfo }: Data = (await page({ sort, last: 4, before })).products;
    expect(pageInfo.hasNextPage).toBe(before !== null);
    backward.unshift(...idsOf(edges));
    if (!pageInfo.hasPreviousPage) break;
    before = pageInfo.startCursor;
  }
  expect(backward).toEqual(ids);
});

test('lists are in the order they say, ties by id', async () => {
  const keysOf = async (sort: string) =>
    (await page({ sort, first: 100 })).products.edges.map(({ node }: Edge) =>
      sort === 'NEWEST' ? `${node.listedAt} ${node.id}` : `${node.price.amount} ${node.id}`,
    );
  for (const sort of ['NEWEST', 'PRICE_ASCENDING', 'PRICE_DESCENDING']) {
    const keys = await keysOf(sort);
    const rising = keys.toSorted();
    expect(keys).toEqual(sort === 'PRICE_ASCENDING' ? rising : rising.toReversed());
  }
});

test('a new item does not move the next page', async () => {
  const sort = 'PRICE_ASCENDING';
  const first = (await page({ sort, first: 5 })).products;
  const expected = idsOf((await page({ sort, first: 10 })).products.edges).slice(5);
  const client = await subgraph.pool.connect();
  await client.query(
    `INSERT INTO products (id, title, description, condition, price_amount, price_currency, category_id, seller_id)
     VALUES ('product_cheap', 'Lamp', '', 'GOOD', 1, 'EUR', 'category_dresses', 'user_1')`,
  );
  const next = (await page({ sort, first: 5, after: first.pageInfo.endCursor })).products;
  await client.query(`DELETE FROM products WHERE id = 'product_cheap'`);
  client.release();
  expect(idsOf(next.edges)).toEqual(expected);
});

test('a cursor is good for its own sort only', async () => {
  const { endCursor } = (await page({ sort: 'NEWEST', first: 1 })).products.pageInfo;
  expect(await page({ sort: 'PRICE_ASCENDING', first: 1, after: endCursor })).toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});

const forged = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');

test.each([
  ['no base64', '%%%'],
  ['no list', forged('NEWEST').slice(1)],
  ['nothing in it', forged('NEWEST')],
  ['no time', forged('NEWEST', 'yesterday', 'product_1')],
  ['a time that PostgreSQL has not', forged('NEWEST', '0000-01-01T00:00:00.000Z', 'product_1')],
  ['half a time', forged('NEWEST', '2026', 'product_1')],
  ['a number', forged('NEWEST', 5, 'product_1')],
  ['no id', forged('NEWEST', '2026-03-01T12:00:00.000Z', "x'; --")],
])('a cursor that was made up is refused: %s', async (_what, after) => {
  expect(await page({ sort: 'NEWEST', first: 1, after })).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test.each([
  ['neither first nor last', {}],
  ['both', { first: 1, last: 1 }],
  ['first 0', { first: 0 }],
  ['first 101', { first: 101 }],
  ['last -1', { last: -1 }],
])('a page has a size from 1 to 100: %s', async (_what, variables) => {
  expect(await page(variables)).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('RELEVANCE needs a search', async () => {
  const { errors } = await subgraph.query({
    document: '{ products(sort: RELEVANCE, first: 1) { totalCount } }',
  });
  expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
});
