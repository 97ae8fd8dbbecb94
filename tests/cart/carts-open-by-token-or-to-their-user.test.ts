import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GUEST } from '../../contract/viewer.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import {
  act,
  guestToken,
  look,
  offer,
  refusals,
  resolve,
  startEmptyCarts,
  user,
} from './arrange.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await startEmptyCarts();
});
afterAll(() => subgraph[Symbol.asyncDispose]());

test('a token has 256 bits, and the database has its hash only', async () => {
  const token = await guestToken(subgraph);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(await guestToken(subgraph)).not.toBe(token);
  const { rows } = await subgraph.pool.query('SELECT carts::text AS row, token_hash FROM carts');
  expect(rows.some(({ row }) => row.includes(token))).toBe(false);
  const hash = createHash('sha256').update(token).digest();
  expect(rows.filter(({ token_hash }) => hash.equals(token_hash))).toHaveLength(1);
});

test('a readable token works too, up to 128 characters', async () => {
  for (const token of ['demo-cart', 'x'.repeat(128)]) {
    await subgraph.pool.query(
      `INSERT INTO carts (id, token_hash) VALUES ('cart_' || length($1), sha256($1::bytea))`,
      [token],
    );
    expect(await look(subgraph, token)).toMatchObject({ id: `cart_${token.length}` });
  }
  await subgraph.pool.query(
    `INSERT INTO carts (id, token_hash) VALUES ('cart_long', sha256(repeat('x', 129)::bytea))`,
  );
  expect(await look(subgraph, 'x'.repeat(129))).toBeNull();
});

test('what opens nothing says no more than that', async () => {
  expect(await look(subgraph, null)).toBeNull();
  const input = { productId: 'product_1' };
  expect(await refusals(subgraph, 'addToCart', input)).toEqual(['UNAUTHENTICATED']);
  for (const token of ['', 'wrong', '\0', 'x'.repeat(5000)]) {
    expect(await look(subgraph, token)).toBeNull();
    expect(await look(subgraph, token, user(1))).toBeNull();
    const refused = await refusals(subgraph, 'addToCart', { ...input, token }, user(1));
    expect(refused).toEqual(['NOT_FOUND input.token']);
  }
});

test('a token opens the guest cart for a signed-in viewer too, and not their own', async () => {
  const viewer = user(2);
  const token = await guestToken(subgraph);
  await act(subgraph, 'addToCart', { productId: 'product_own' }, viewer);
  await act(subgraph, 'addToCart', { productId: 'product_guest', token }, viewer);
  const productsOf = async (opener: string | null) =>
    (await look(subgraph, opener, viewer)).lines.map(
      (line: { product: { id: string } }) => line.product.id,
    );
  expect(await productsOf(null)).toEqual(['product_own']);
  expect(await productsOf(token)).toEqual(['product_guest']);
});

test('a user’s cart and its lines are not there for others, whatever key the router sends', async () => {
  const owner = user(3);
  const { cart } = await act(subgraph, 'addToCart', { productId: 'product_1' }, owner);
  const representations = [
    { __typename: 'Cart', id: cart.id, revision: cart.revision, lines: [offer('10')] },
    { __typename: 'Cart', id: cart.id, revision: cart.revision },
    { __typename: 'Cart', id: cart.id, revision: cart.revision + 1 },
    { __typename: 'CartLine', id: cart.lines[0].id, ...offer('10') },
  ];
  const selection =
    '... on Cart { totals { amount } lines { id } } ... on CartLine { quantity total { amount } }';
  for (const viewer of [GUEST, user(4)]) {
    const { data, errors } = await resolve(subgraph, representations, selection, viewer);
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([null, null, null, null]);
  }
  const { data } = await resolve(subgraph, representations.toSpliced(2, 1), selection, owner);
  const lines = [{ id: cart.lines[0].id }];
  expect(data._entities).toEqual([
    { totals: [{ amount: '10.00' }], lines },
    { totals: null, lines },
    { quantity: 1, total: { amount: '10.00' } },
  ]);
});
