import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { catalog } from '../../subgraphs/catalog/server.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import { arrange, put } from './arrange.ts';
import { buy, hold, release } from './holding.ts';
import { sellerDoes, userNamed } from './selling.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
  await arrange(subgraph, []);
});
beforeEach(async () => {
  await subgraph.pool.query('TRUNCATE products, outbox, holds, holders');
  await put(subgraph, { id: 'product_1', quantity: 5 });
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const id = 'product_1';
const STALE = ['STALE_VERSION expectedVersion'];

const edit = (title: string, expectedVersion?: number) =>
  sellerDoes(subgraph, 'edit', { id, input: { title }, expectedVersion });

test('of twenty who edit the same version at once, one does', async () => {
  const edits = Array.from({ length: 20 }, (_, number) => edit(`Title ${number}`, 1));
  const outcomes = await Promise.all(edits);
  const [winner, ...others] = outcomes.filter(({ product }) => product !== null);
  expect(others).toEqual([]);
  expect(winner?.product.version).toBe(2);
  expect(outcomes.flatMap(({ refusals }) => refusals)).toEqual(Array(19).fill(STALE[0]));
  const { rows } = await subgraph.pool.query('SELECT title, version FROM products');
  expect(rows).toEqual([{ title: winner?.product.title, version: 2 }]);
});

test('every action of the seller counts, and refuses a version that is not the last', async () => {
  const steps = [
    ['edit', { input: { title: 'Another title' } }],
    ['withdraw', {}],
    ['relist', { quantity: 2 }],
  ] as const;
  for (const [index, [what, rest]] of steps.entries()) {
    const version = index + 1;
    for (const expectedVersion of [version - 1, version + 1]) {
      const { refusals } = await sellerDoes(subgraph, what, { id, expectedVersion, ...rest });
      expect(refusals).toEqual(STALE);
    }
    const { product } = await sellerDoes(subgraph, what, { id, expectedVersion: version, ...rest });
    expect(product.version).toBe(version + 1);
  }
  const { product } = await sellerDoes(subgraph, 'draft', { input: { title: 'Lamp' } });
  expect(product.version).toBe(1);
  const complete = { condition: 'NEW', price: { amount: '1', currencyCode: 'EUR' } };
  const input = { ...complete, categorySlug: 'shoes' };
  await sellerDoes(subgraph, 'edit', { id: product.id, input });
  const stale = await sellerDoes(subgraph, 'publish', { id: product.id, expectedVersion: 1 });
  expect(stale.refusals).toEqual(STALE);
  const published = await sellerDoes(subgraph, 'publish', { id: product.id, expectedVersion: 2 });
  expect(published.product.version).toBe(3);
});

test('without a version the last one wins, as before', async () => {
  expect((await edit('One title')).refusals).toEqual([]);
  expect((await edit('Another title')).product).toMatchObject({
    title: 'Another title',
    version: 3,
  });
});

test('buyers do not count', async () => {
  await hold(subgraph, 'order_1', { [id]: 1 });
  await buy(subgraph, 'order_2', { [id]: 1 });
  expect((await edit('Another title', 1)).product).toMatchObject({ version: 2 });
});

test('what is reserved is neither edited nor withdrawn', async () => {
  await hold(subgraph, 'order_1', { [id]: 5 });
  const price = { amount: '1', currencyCode: 'EUR' };
  for (const [what, rest] of [
    ['edit', { input: { price } }],
    ['withdraw', {}],
  ] as const) {
    const { refusals } = await sellerDoes(subgraph, what, { id, ...rest });
    expect(refusals).toEqual(['NOT_FOR_SALE id']);
  }
});

test('an edited price is not that of pieces that are held already', async () => {
  const held = await hold(subgraph, 'order_1', { [id]: 1 });
  await sellerDoes(subgraph, 'edit', {
    id,
    input: { price: { amount: '99', currencyCode: 'EUR' } },
  });
  expect(await hold(subgraph, 'order_1', { [id]: 1 })).toEqual(held);
  expect((await hold(subgraph, 'order_2', { [id]: 1 })).problems).toEqual([`PRICE_CHANGED ${id}`]);
});

test('a withdrawn item is put on sale again by its seller, once nobody is buying of it', async () => {
  expect((await sellerDoes(subgraph, 'relist', { id })).refusals).toEqual(['WRONG_STATE id']);
  await hold(subgraph, 'order_1', { [id]: 2 });
  await sellerDoes(subgraph, 'withdraw', { id });
  expect((await sellerDoes(subgraph, 'relist', { id })).refusals).toEqual(['WRONG_STATE id']);
  await release(subgraph, 'order_1');
  for (const quantity of [0, 1000]) {
    const { refusals } = await sellerDoes(subgraph, 'relist', { id, quantity });
    expect(refusals).toEqual(['INVALID quantity']);
  }
  const stranger = await sellerDoes(subgraph, 'relist', { id }, userNamed('user_2'));
  expect(stranger.refusals).toEqual(['FORBIDDEN id']);
  const { product } = await sellerDoes(subgraph, 'relist', { id, quantity: 3 });
  expect(product).toMatchObject({ availability: 'AVAILABLE', quantityAvailable: 3 });
});
