import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { GUEST, type Viewer } from '../../contract/viewer.ts';
import { catalog } from '../../subgraphs/catalog/server.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import { arrange, put } from './arrange.ts';

let subgraph: TestSubgraph;

const seller: Viewer = { kind: 'user', id: 'user_1', scopes: ['seller'], sessionId: null };
const stranger: Viewer = {
  kind: 'user',
  id: 'user_2',
  scopes: ['seller', 'admin'],
  sessionId: null,
};

beforeAll(async () => {
  subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
  await arrange(subgraph, []);
});
beforeEach(async () => {
  await subgraph.pool.query('TRUNCATE products');
  await put(subgraph, { id: 'product_1', title: 'Old title', brand: 'Zara' });
  for (const availability of ['RESERVED', 'SOLD', 'WITHDRAWN'])
    await put(subgraph, { id: `product_${availability.toLowerCase()}`, availability });
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const PAYLOAD = `{
  product { id title description brand price { amount currencyCode } category { slug }
    seller { id } condition quantityAvailable availability attributes { name value } listedAt updatedAt }
  userErrors { code field message } }`;

const LIST = `mutation List($input: ListProductInput!) { result: listProduct(input: $input) ${PAYLOAD} }`;
const EDIT = `mutation Edit($id: ID!, $input: EditProductInput!) { result: editProduct(id: $id, input: $input) ${PAYLOAD} }`;
const WITHDRAW = `mutation Withdraw($id: ID!) { result: withdrawProduct(id: $id) ${PAYLOAD} }`;

const run = async (
  document: string,
  variables: Record<string, unknown>,
  viewer: Viewer = seller,
) => {
  const { data, errors } = await subgraph.query({ document, variables, viewer });
  expect(errors).toBeUndefined();
  return data.result;
};

/** `CODE path.of.field` of each refusal. */
const refusals = async (document: string, variables: Record<string, unknown>, viewer?: Viewer) => {
  const { product, userErrors } = await run(document, variables, viewer);
  expect(product).toBeNull();
  return userErrors.map(({ code, field }: { code: string; field: string[] | null }) =>
    field === null ? code : `${code} ${field.join('.')}`,
  );
};

const INPUT = {
  title: '  Canon AE-1 ',
  description: 'Works.\n\nWith strap.',
  condition: 'VERY_GOOD',
  brand: 'Canon',
  price: { amount: '119.5', currencyCode: 'GBP' },
  categorySlug: 'rangefinders',
};

test('whoever lists an item becomes its seller, and it is for sale', async () => {
  const attributes = [{ name: 'Mount', value: 'FD' }];
  const { product, userErrors } = await run(LIST, { input: { ...INPUT, attributes } });
  expect(userErrors).toEqual([]);
  expect(product).toMatchObject({
    title: 'Canon AE-1',
    description: INPUT.description,
    price: { amount: '119.50', currencyCode: 'GBP' },
    category: { slug: 'rangefinders' },
    seller: { id: 'user_1' },
    quantityAvailable: 1,
    availability: 'AVAILABLE',
    attributes,
  });
  const { data } = await subgraph.query({
    document: '{ products(first: 1, filter: { search: "ae-1 strap" }) { nodes { id } } }',
  });
  expect(data.products.nodes).toEqual([{ id: product.id }]);
});

test.each([
  [{ title: ' a ' }, 'INVALID input.title'],
  [{ title: 'two\nlines' }, 'INVALID input.title'],
  [{ title: '😀'.repeat(141) }, 'INVALID input.title'],
  [{ description: 'x'.repeat(5001) }, 'INVALID input.description'],
  [{ description: 'a\0b' }, 'INVALID input.description'],
  [{ brand: 'x'.repeat(61) }, 'INVALID input.brand'],
  [{ price: { amount: '0', currencyCode: 'EUR' } }, 'INVALID input.price.amount'],
  [{ price: { amount: '-1', currencyCode: 'EUR' } }, 'INVALID input.price.amount'],
  [{ price: { amount: '1.999', currencyCode: 'EUR' } }, 'INVALID input.price.amount'],
  [{ price: { amount: '1000000.01', currencyCode: 'EUR' } }, 'INVALID input.price.amount'],
  [{ categorySlug: 'no-such' }, 'NOT_FOUND input.categorySlug'],
  [{ categorySlug: 'film-cameras' }, 'INVALID input.categorySlug'],
  [{ quantity: 0 }, 'INVALID input.quantity'],
  [{ quantity: 1000 }, 'INVALID input.quantity'],
  [{ attributes: [{ name: '', value: 'M' }] }, 'INVALID input.attributes.0.name'],
  [{ attributes: [{ name: 'Size', value: 'x'.repeat(121) }] }, 'INVALID input.attributes.0.value'],
  [{ attributes: Array(21).fill({ name: 'Size', value: 'M' }) }, 'INVALID input.attributes'],
])(
  'a value out of its bounds is refused, in listing and in editing: %j',
  async (change, refusal) => {
    expect(await refusals(LIST, { input: { ...INPUT, ...change } })).toEqual([refusal]);
    expect(await refusals(EDIT, { id: 'product_1', input: change })).toEqual([refusal]);
  },
);

test('values at their bounds are taken', async () => {
  const input = {
    ...INPUT,
    title: '😀'.repeat(140),
    description: '😀'.repeat(5000),
    brand: ' ',
    price: { amount: '1000000', currencyCode: 'USD' },
    quantity: 999,
    attributes: Array(20).fill({ name: 'x'.repeat(40), value: '😀'.repeat(120) }),
  };
  const { product, userErrors } = await run(LIST, { input });
  expect(userErrors).toEqual([]);
  expect(product).toMatchObject({ brand: null, quantityAvailable: 999 });
});

test('all that is wrong is told at once', async () => {
  expect(await refusals(LIST, { input: { ...INPUT, title: '', quantity: 0 } })).toEqual([
    'INVALID input.title',
    'INVALID input.quantity',
  ]);
});

test('an edit changes what it mentions and nothing else', async () => {
  const before = (await run(EDIT, { id: 'product_1', input: {} })).product;
  const input = {
    title: 'New title',
    price: { amount: '5', currencyCode: 'EUR' },
    description: null,
  };
  const { product } = await run(EDIT, { id: 'product_1', input });
  expect(product).toEqual({
    ...before,
    title: 'New title',
    price: { amount: '5.00', currencyCode: 'EUR' },
    updatedAt: expect.any(String),
  });
  expect(Date.parse(product.updatedAt)).toBeGreaterThan(Date.parse(product.listedAt));
});

test('null takes a brand away', async () => {
  expect((await run(EDIT, { id: 'product_1', input: {} })).product.brand).toBe('Zara');
  expect((await run(EDIT, { id: 'product_1', input: { brand: null } })).product.brand).toBeNull();
});

test('a withdrawn item is not listed any more, has no pieces, and stays there to be seen', async () => {
  const { product } = await run(WITHDRAW, { id: 'product_1' });
  expect(product).toMatchObject({ availability: 'WITHDRAWN', quantityAvailable: 0 });
  const { data } = await subgraph.query({
    document: '{ products(first: 9) { nodes { id } } product(id: "product_1") { availability } }',
  });
  expect(data).toEqual({ products: { nodes: [] }, product: { availability: 'WITHDRAWN' } });
});

test.each([
  ['edit', EDIT, { input: { title: 'Mine now' } }],
  ['withdraw', WITHDRAW, {}],
])(
  'only its seller can %s an item, and only while it is for sale',
  async (_what, document, rest) => {
    const change = (id: string, viewer?: Viewer) => refusals(document, { id, ...rest }, viewer);
    expect(await change('product_1', GUEST)).toEqual(['UNAUTHENTICATED']);
    expect(await change('product_1', stranger)).toEqual(['FORBIDDEN id']);
    expect(await change('product_none')).toEqual(['NOT_FOUND id']);
    expect(await change('\0')).toEqual(['NOT_FOUND id']);
    for (const state of ['reserved', 'sold', 'withdrawn'])
      expect(await change(`product_${state}`)).toEqual(['NOT_FOR_SALE id']);
    const { rows } = await subgraph.pool.query(
      `SELECT title FROM products WHERE title <> 'Something'`,
    );
    expect(rows).toEqual([{ title: 'Old title' }]);
  },
);

test('guests list nothing', async () => {
  expect(await refusals(LIST, { input: INPUT }, GUEST)).toEqual(['UNAUTHENTICATED']);
});

test('of two who withdraw at once, one does it', async () => {
  const results = await Promise.all([1, 2, 3, 4].map(() => run(WITHDRAW, { id: 'product_1' })));
  expect(results.filter(({ product }) => product !== null)).toHaveLength(1);
});

test.each([
  ['AVAILABLE without a piece', `quantity_available = 0`],
  ['SOLD with a piece', `availability = 'SOLD'`],
  ['WITHDRAWN with a piece', `availability = 'WITHDRAWN'`],
  ['a price of nothing', `price_amount = 0`],
  ['no title', `title = ''`],
])('the database itself refuses %s', async (_what, change) => {
  await expect(
    subgraph.pool.query(`UPDATE products SET ${change} WHERE id = 'product_1'`),
  ).rejects.toThrow('check constraint');
});
