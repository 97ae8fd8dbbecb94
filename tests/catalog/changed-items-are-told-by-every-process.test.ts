import { expect, test } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import { catalog } from '../../subgraphs/catalog/server.ts';
import type { Data } from '../kit/http.ts';
import { startTestSubgraph, startTwin, type TestSubgraph } from '../kit/subgraph.ts';
import { arrange } from './arrange.ts';

const SELLER: Viewer = { kind: 'user', id: 'user_1', roles: ['seller'] };
const ITEMS = ['product_a', 'product_b', 'product_c'];

const startWithItems = async (): Promise<TestSubgraph> => {
  const subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
  await arrange(
    subgraph,
    ITEMS.map((id) => ({ id, title: `Item ${id}` })),
  );
  return subgraph;
};

const watch = (subgraph: TestSubgraph, ids: readonly string[], includeCurrent = false) =>
  subgraph.subscribe({
    document: `subscription Watch($ids: [ID!]!, $includeCurrent: Boolean!) {
      productChanged(ids: $ids, includeCurrent: $includeCurrent) {
        id availability price { amount } category { slug } } }`,
    variables: { ids, includeCurrent },
  });

const next = async (events: AsyncIterator<Data>): Promise<Data> => {
  const { value } = await events.next();
  expect(value.errors).toBeUndefined();
  return value.data.productChanged;
};

const setPrice = (subgraph: TestSubgraph, id: string, cents: number) =>
  subgraph.pool.query('UPDATE products SET price_amount = $2 WHERE id = $1', [id, cents]);

test('two processes tell a change that was made through one of them', async () => {
  await using one = await startWithItems();
  await using other = await startTwin(catalog, one);
  const watches = [watch(one, ['product_a'], true), watch(other, ['product_a'], true)];
  for (const each of watches)
    expect(await next(each)).toMatchObject({ price: { amount: '10.00' } });
  const waiting = watches.map(next);

  const { errors } = await one.query({
    document: `mutation { editProduct(id: "product_a", input: {
      price: { amount: "7.50", currencyCode: EUR } }) { userErrors { code } } }`,
    viewer: SELLER,
  });

  expect(errors).toBeUndefined();
  for (const each of await Promise.all(waiting)) {
    expect(each).toEqual({
      id: 'product_a',
      availability: 'AVAILABLE',
      price: { amount: '7.50' },
      category: { slug: 'dresses' },
    });
  }
});
