import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Data } from '../kit/http.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import { act, guestToken, offer, resolve, startEmptyCarts } from './arrange.ts';

let subgraph: TestSubgraph;
let token: string;
let cart: Data;

const add = async (productId: string, quantity: number, amount?: string) => {
  const priceSeen = amount === undefined ? null : { amount, currencyCode: 'EUR' };
  cart = (await act(subgraph, 'addToCart', { token, productId, quantity, priceSeen })).cart;
};

beforeAll(async () => {
  subgraph = await startEmptyCarts();
});
beforeEach(async () => {
  token = await guestToken(subgraph);
  await add('product_1', 2);
  await add('product_2', 3, '10');
  await add('product_3', 1);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const totals = async (lines: readonly unknown[], revision = cart.revision) => {
  const representation = { __typename: 'Cart', id: cart.id, revision, lines };
  const { data, errors } = await resolve(
    subgraph,
    [representation],
    '... on Cart { totals { amount currencyCode } }',
  );
  const sums = data._entities[0]?.totals?.map(
    (each: { amount: string; currencyCode: string }) => `${each.amount} ${each.currencyCode}`,
  );
  return { sums: sums ?? null, errors };
};

const line = async (index: number, given: object) => {
  const { data, errors } = await resolve(
    subgraph,
    [{ __typename: 'CartLine', id: cart.lines[index].id, ...given }],
    '... on CartLine { total { amount currencyCode } warnings { code message } }',
  );
  expect(errors).toBeUndefined();
  return data._entities[0];
};

const DOLLARS = { price: { amount: '7.77', currencyCode: 'USD' } };

test('quantity times price, summed by currency', async () => {
  expect((await totals([offer('0.10'), offer('0.20'), offer('1000000.00')])).sums).toEqual([
    '1000000.80 EUR',
  ]);
  expect((await totals([offer('', DOLLARS), offer('1.00'), offer('1.01')])).sums).toEqual([
    '4.01 EUR',
    '15.54 USD',
  ]);
});

test('what cannot be bought, or is not known, does not count', async () => {
  for (const availability of ['RESERVED', 'SOLD', 'WITHDRAWN']) {
    const gone = offer('5', { availability, quantityAvailable: 0 });
    expect((await totals([gone, offer('1'), offer('2')])).sums).toEqual(['5.00 EUR']);
    expect((await totals([gone, gone, gone])).sums).toEqual([]);
  }
  for (const unknown of [null, { product: null }, {}])
    expect((await totals([offer('1'), unknown, offer('2')])).sums).toEqual(['4.00 EUR']);
});

test('where the catalogue does not answer at all, there is no total rather than one of nothing', async () => {
  expect(await totals([null, { product: null }, null])).toEqual({ sums: null, errors: undefined });
});

test('an empty cart costs nothing', async () => {
  cart = (await act(subgraph, 'clearCart', { token })).cart;
  expect((await totals([])).sums).toEqual([]);
});

test('prices for lines that are others by now are not used: the client is told to read again', async () => {
  const lines = [offer('1'), offer('2'), offer('3')];
  const read = cart;
  await act(subgraph, 'removeCartLine', { token, lineId: read.lines[0].id });
  await act(subgraph, 'addToCart', { token, productId: 'product_4' });
  const stale = await totals(lines, read.revision);
  expect(stale.sums).toBeNull();
  expect(stale.errors).toMatchObject([
    { path: ['_entities', 0], extensions: { code: 'CONFLICT' } },
  ]);
  expect(stale.errors?.[0]?.message).toContain('read it again');
  expect((await totals(lines, read.revision + 2)).sums).toEqual(['8.00 EUR']);
});

test('prices for more or fewer lines than there are are not used', async () => {
  expect((await totals([offer('1'), offer('2')])).errors).toHaveLength(1);
});

test('a line costs quantity times price, also where only the price is told', async () => {
  expect((await line(1, offer('19.99'))).total).toEqual({ amount: '59.97', currencyCode: 'EUR' });
  const { data } = await resolve(
    subgraph,
    [{ __typename: 'CartLine', id: cart.lines[1].id, product: DOLLARS }],
    '... on CartLine { total { amount currencyCode } }',
  );
  expect(data._entities[0].total).toEqual({ amount: '23.31', currencyCode: 'USD' });
});

test('of an item that the catalogue does not know, nothing is said', async () => {
  for (const given of [{}, { product: null }])
    expect(await line(1, given)).toEqual({ total: null, warnings: null });
});

test.each([
  ['the price that was seen', offer('10.00'), []],
  [
    'another price',
    offer('12.5'),
    ['PRICE_CHANGED: This costs €12.50 now; it was €10.00 when you put it in.'],
  ],
  [
    'the same in another currency',
    offer('', { price: { amount: '10.00', currencyCode: 'USD' } }),
    ['PRICE_CHANGED: This costs $10.00 now; it was €10.00 when you put it in.'],
  ],
  ['as many as are left', offer('10', { quantityAvailable: 3 }), []],
  [
    'fewer than asked for',
    offer('10', { quantityAvailable: 2 }),
    ['QUANTITY_EXCEEDS_STOCK: Only 2 are left; you ask for 3.'],
  ],
  [
    'one, at another price',
    offer('11', { quantityAvailable: 1 }),
    [
      'PRICE_CHANGED: This costs €11.00 now; it was €10.00 when you put it in.',
      'QUANTITY_EXCEEDS_STOCK: Only one is left; you ask for 3.',
    ],
  ],
  [
    'reserved',
    offer('12', { availability: 'RESERVED', quantityAvailable: 0 }),
    ['NO_LONGER_AVAILABLE: Someone else is buying this at the moment; it may come back.'],
  ],
  ['sold', offer('10', { availability: 'SOLD' }), ['NO_LONGER_AVAILABLE: This has been sold.']],
  [
    'withdrawn',
    offer('10', { availability: 'WITHDRAWN' }),
    ['NO_LONGER_AVAILABLE: The seller has taken this off sale.'],
  ],
])('the buyer is told: %s', async (_what, given, expected) => {
  const { warnings } = await line(1, given);
  expect(
    warnings.map(({ code, message }: { code: string; message: string }) => `${code}: ${message}`),
  ).toEqual(expected);
});

test('without a price seen there is none to compare', async () => {
  expect((await line(0, offer('99'))).warnings).toEqual([]);
});
