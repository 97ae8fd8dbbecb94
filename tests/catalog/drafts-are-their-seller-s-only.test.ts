import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { GUEST, type Viewer } from '../../contract/viewer.ts';
import { catalog } from '../../subgraphs/catalog/server.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import { arrange, put } from './arrange.ts';
import { CART, hold } from './holding.ts';
import { SELLER, sellerDoes, userNamed } from './selling.ts';
import { next, watch } from './watching.ts';

let subgraph: TestSubgraph;
let id: string;

beforeAll(async () => {
  subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
  await arrange(subgraph, []);
});
beforeEach(async () => {
  await subgraph.pool.query('TRUNCATE products, outbox');
  const { product } = await sellerDoes(subgraph, 'draft', { input: { title: 'Zweihander lamp' } });
  id = product.id;
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const COMPLETE = {
  condition: 'GOOD',
  price: { amount: '25', currencyCode: 'EUR' },
  categorySlug: 'lenses',
};

const EVERYWHERE = `query Everywhere($id: ID!) {
  product(id: $id) { id }
  products(first: 100) { nodes { id } totalCount facets { conditions { count } } }
  search: products(first: 100, filter: { search: "zweihander" }) { nodes { id } }
  seller: products(first: 100, filter: { sellerId: "user_1" }) { nodes { id } }
  myProducts(first: 100) { nodes { id } totalCount }
  _entities(representations: [{ __typename: "Product", id: $id }, { __typename: "User", id: "user_1" }]) {
    ... on Product { id } ... on User { listings(first: 100) { nodes { id } totalCount } } } }`;

const NOWHERE = {
  product: null,
  products: { nodes: [], totalCount: 0, facets: { conditions: [] } },
  search: { nodes: [] },
  seller: { nodes: [] },
  myProducts: null,
  _entities: [null, { listings: { nodes: [], totalCount: 0 } }],
};

const look = async (viewer: Viewer) => {
  const { data, errors } = await subgraph.query({
    document: EVERYWHERE,
    variables: { id },
    viewer,
  });
  expect(errors).toBeUndefined();
  return data;
};

test('nobody else sees a draft, whichever way they look', async () => {
  for (const viewer of [GUEST, CART]) expect(await look(viewer)).toEqual(NOWHERE);
  const empty = { nodes: [], totalCount: 0 };
  expect(await look(userNamed('user_2'))).toEqual({ ...NOWHERE, myProducts: empty });
});

test('its seller sees it by its id and among their own, and in no list of what is for sale', async () => {
  expect(await look(SELLER)).toEqual({
    ...NOWHERE,
    product: { id },
    myProducts: { nodes: [{ id }], totalCount: 1 },
    _entities: [{ id }, NOWHERE._entities[1]],
  });
});

test('what others try with a draft fails as if there were none', async () => {
  const stranger = userNamed('user_2');
  for (const what of ['publish', 'withdraw', 'relist'] as const) {
    const { refusals } = await sellerDoes(subgraph, what, { id }, stranger);
    expect(refusals).toEqual(['NOT_FOUND id']);
  }
  const { refusals } = await sellerDoes(subgraph, 'edit', { id, input: {} }, stranger);
  expect(refusals).toEqual(['NOT_FOUND id']);
  expect((await hold(subgraph, 'order_1', { [id]: 1 })).problems).toEqual([
    `ITEM_UNAVAILABLE ${id}`,
  ]);
});

test('those who watch a draft of somebody else hear of it when it is for sale, and not before', async () => {
  await put(subgraph, { id: 'product_seen' });
  const events = watch(subgraph, [id, 'product_seen']);
  expect([await next(events), await next(events)]).toEqual([
    null,
    expect.objectContaining({ id: 'product_seen' }),
  ]);
  const price = { amount: '30', currencyCode: 'EUR' };
  await sellerDoes(subgraph, 'edit', { id, input: { ...COMPLETE, price, quantity: 3 } });
  await subgraph.pool.query("UPDATE products SET price_amount = 900 WHERE id = 'product_seen'");
  // Told in the order of the commits: nothing was told of the draft.
  expect(await next(events)).toMatchObject({ id: 'product_seen', price: { amount: '9.00' } });
  await sellerDoes(subgraph, 'publish', { id });
  await subgraph.pool.query(`UPDATE products SET price_amount = 800 WHERE id = '${id}'`);
  expect(await next(events)).toMatchObject({ id, price: { amount: '8.00' } });
});

test('no search is corrected to the words of a draft', async () => {
  const words = () => subgraph.pool.query("SELECT FROM search_words WHERE word = 'quagga'");
  await sellerDoes(subgraph, 'edit', { id, input: { ...COMPLETE, description: 'A quagga' } });
  expect((await words()).rowCount).toBe(0);
  await sellerDoes(subgraph, 'publish', { id });
  expect((await words()).rowCount).toBe(1);
});

test('a draft says what it says, and is for sale once it says all', async () => {
  const { product: draft } = await sellerDoes(subgraph, 'edit', { id, input: {} });
  expect(draft).toMatchObject({
    availability: 'DRAFT',
    description: '',
    condition: null,
    price: null,
    category: null,
    quantityAvailable: 1,
    mediaIds: [],
  });
  expect((await sellerDoes(subgraph, 'publish', { id })).refusals).toEqual([
    'REQUIRED condition',
    'REQUIRED price',
    'REQUIRED categorySlug',
  ]);
  await sellerDoes(subgraph, 'edit', { id, input: { ...COMPLETE, quantity: 7 } });
  const { product } = await sellerDoes(subgraph, 'publish', { id });
  expect(product).toMatchObject({ availability: 'AVAILABLE', quantityAvailable: 7 });
  expect(Date.parse(product.listedAt)).toBeGreaterThan(Date.parse(draft.listedAt));
  expect((await look(GUEST)).products.nodes).toEqual([{ id }]);
  expect((await sellerDoes(subgraph, 'publish', { id })).refusals).toEqual(['WRONG_STATE id']);
});

test.each([
  [{ title: 'a' }, 'INVALID input.title'],
  [{ price: { amount: '0', currencyCode: 'EUR' } }, 'INVALID input.price.amount'],
  [{ categorySlug: 'cameras' }, 'INVALID input.categorySlug'],
  [{ quantity: 0 }, 'INVALID input.quantity'],
  [{ mediaIds: Array.from({ length: 13 }, (_, n) => `image_${n}`) }, 'INVALID input.mediaIds'],
  [{ mediaIds: ['image_1', 'image_1'] }, 'INVALID input.mediaIds'],
  [{ mediaIds: ['image_1', 'user_1'] }, 'INVALID input.mediaIds.1'],
])('what a draft does say is held to the rules: %j', async (change, refusal) => {
  const input = { title: 'Lamp', ...change };
  expect((await sellerDoes(subgraph, 'draft', { input })).refusals).toEqual([refusal]);
  expect((await sellerDoes(subgraph, 'edit', { id, input: change })).refusals).toEqual([refusal]);
});

test('pictures and films stay in the order that the seller gave them', async () => {
  const mediaIds = ['image_3', 'video_1', 'image_2'];
  const { product } = await sellerDoes(subgraph, 'draft', { input: { title: 'Lamp', mediaIds } });
  expect(product.mediaIds).toEqual(mediaIds);
  const edited = await sellerDoes(subgraph, 'edit', {
    id: product.id,
    input: { mediaIds: mediaIds.toReversed() },
  });
  expect(edited.product.mediaIds).toEqual(mediaIds.toReversed());
});

test('guests draft nothing', async () => {
  const { refusals } = await sellerDoes(subgraph, 'draft', { input: { title: 'Lamp' } }, GUEST);
  expect(refusals).toEqual(['UNAUTHENTICATED']);
});

test('a category that has got others below it is not published into', async () => {
  await sellerDoes(subgraph, 'edit', { id, input: COMPLETE });
  await subgraph.pool.query(
    "UPDATE products SET category_id = 'category_cameras' WHERE availability = 'DRAFT'",
  );
  const { refusals } = await sellerDoes(subgraph, 'publish', { id });
  expect(refusals).toEqual(['INVALID categorySlug']);
});

test('the database itself keeps what is incomplete from being sold', async () => {
  await expect(
    subgraph.pool.query("UPDATE products SET availability = 'AVAILABLE'"),
  ).rejects.toThrow('products_complete_check');
});

test('a seller pages through their own by state, forward and backward', async () => {
  await subgraph.pool.query('TRUNCATE products');
  for (const [number, availability] of ['AVAILABLE', 'SOLD', 'WITHDRAWN', 'SOLD'].entries()) {
    await put(subgraph, { id: `product_${number}`, availability });
  }
  await put(subgraph, { id: 'product_other', seller: 'user_2', availability: 'SOLD' });
  const mine = async (args: string) => {
    const { data } = await subgraph.query({
      document: `{ myProducts(${args}) {
        nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
      viewer: SELLER,
    });
    const { nodes, ...rest } = data.myProducts;
    return { ids: nodes.map((each: { id: string }) => each.id.at(-1)).join(''), ...rest };
  };
  const first = await mine('first: 3');
  expect(first).toMatchObject({ ids: '321', totalCount: 4, pageInfo: { hasNextPage: true } });
  const after = `after: "${first.pageInfo.endCursor}"`;
  expect(await mine(`first: 3, ${after}`)).toMatchObject({ ids: '0' });
  expect(await mine('last: 2')).toMatchObject({ ids: '10', pageInfo: { hasPreviousPage: true } });
  expect(await mine('first: 9, state: SOLD')).toMatchObject({ ids: '31', totalCount: 2 });
  expect(await mine('first: 9, state: DRAFT')).toMatchObject({ ids: '', totalCount: 0 });
});
