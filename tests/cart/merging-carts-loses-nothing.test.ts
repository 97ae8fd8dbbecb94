import { expect, test } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import type { Data } from '../kit/http.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import { act, CART, guestToken, look, startEmptyCarts, user } from './arrange.ts';

const merge = async (subgraph: TestSubgraph, token: string, viewer: Viewer): Promise<Data> => {
  const { data, errors } = await subgraph.query({
    document: `mutation Merge($token: String!) { mergeCart(input: { token: $token }) {
      cart { ${CART} } userErrors { code field } warnings { code } } }`,
    variables: { token },
    viewer,
  });
  expect(errors).toBeUndefined();
  return data.mergeCart;
};

const guestWith = async (
  subgraph: TestSubgraph,
  products: Readonly<Record<string, number>>,
): Promise<string> => {
  const token = await guestToken(subgraph);
  for (const [productId, quantity] of Object.entries(products)) {
    await act(subgraph, 'addToCart', { token, productId, quantity });
  }
  return token;
};

const quantities = ({ lines }: Data): Record<string, number> =>
  Object.fromEntries(lines.map((line: Data) => [line.product.id, line.quantity]));

test('lines move, quantities are added up, and the token opens nothing more', async () => {
  await using subgraph = await startEmptyCarts();
  const viewer = user(1);
  await act(subgraph, 'addToCart', { productId: 'product_1', quantity: 2 }, viewer);
  const token = await guestWith(subgraph, { product_1: 3, product_2: 4 });

  const merged = await merge(subgraph, token, viewer);
  expect(merged).toMatchObject({ userErrors: [], warnings: [] });
  expect(quantities(merged.cart)).toEqual({ product_1: 5, product_2: 4 });
  expect(await look(subgraph, token)).toBeNull();
  const { userErrors } = await act(subgraph, 'addToCart', { token, productId: 'product_3' });
  expect(userErrors[0].code).toBe('NOT_FOUND');
});

test('fifty guest carts that go into one cart at once lose nothing', async () => {
  await using subgraph = await startEmptyCarts();
  const viewer = user(1);
  const tokens = await Promise.all(
    Array.from({ length: 50 }, (_, number) =>
      guestWith(subgraph, { product_all: 1, [`product_${number}`]: 2 }),
    ),
  );
  const merged = await Promise.all(tokens.map((token) => merge(subgraph, token, viewer)));
  expect(merged.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  const cart = await look(subgraph, null, viewer);
  expect(cart.lines).toHaveLength(51);
  expect(quantities(cart)).toMatchObject({ product_all: 50, product_0: 2, product_49: 2 });
  expect(cart.revision).toBe(50);
});

test('the same merge fifty times at once counts once', async () => {
  await using subgraph = await startEmptyCarts();
  const viewer = user(1);
  const token = await guestWith(subgraph, { product_1: 2 });
  const merged = await Promise.all(
    Array.from({ length: 50 }, () => merge(subgraph, token, viewer)),
  );
  expect(merged.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect(quantities(await look(subgraph, null, viewer))).toEqual({ product_1: 2 });

  const { cart, userErrors } = await merge(subgraph, token, user(2));
  expect(cart).toBeNull();
  expect(userErrors).toEqual([{ code: 'NOT_FOUND', field: ['input', 'token'] }]);
});

test('one cart that two users take at once goes to one of them', async () => {
  await using subgraph = await startEmptyCarts();
  const token = await guestWith(subgraph, { product_1: 2 });
  const merged = await Promise.all([1, 2, 3].map((n) => merge(subgraph, token, user(n))));
  expect(merged.filter(({ cart }) => cart !== null)).toHaveLength(1);
  const { rows } = await subgraph.pool.query('SELECT sum(quantity)::int AS sum FROM cart_lines');
  expect(rows[0].sum).toBe(2);
});

test('what does not fit stays in the guest cart, which goes on being one', async () => {
  await using subgraph = await startEmptyCarts();
  const viewer = user(1);
  const fill = (count: number, name: string, input: object, by?: Viewer) =>
    Promise.all(
      Array.from({ length: count }, (_, number) =>
        act(subgraph, 'addToCart', { productId: `product_${name}${number}`, ...input }, by),
      ),
    );
  await fill(97, 'own', { quantity: 60 }, viewer);
  const token = await guestWith(subgraph, { product_own0: 60 });
  await fill(5, 'guest', { token });

  const merged = await merge(subgraph, token, viewer);
  expect(merged.warnings).toEqual([{ code: 'QUANTITY_ADJUSTED' }, { code: 'LINES_LEFT_BEHIND' }]);
  expect(merged.cart.lines).toHaveLength(100);
  expect(quantities(merged.cart)).toMatchObject({ product_own0: 99 });
  const left = await look(subgraph, token);
  expect(left.lines).toHaveLength(2);

  await act(subgraph, 'clearCart', {}, viewer);
  const rest = await merge(subgraph, token, viewer);
  expect(Object.keys(quantities(rest.cart))).toEqual(
    left.lines.map((line: Data) => line.product.id),
  );
  expect(await look(subgraph, token)).toBeNull();
});

test('a guest has no cart of their own to merge into, and nonsense opens nothing', async () => {
  await using subgraph = await startEmptyCarts();
  const token = await guestWith(subgraph, { product_1: 1 });
  expect((await merge(subgraph, token, { kind: 'guest' })).userErrors).toMatchObject([
    { code: 'UNAUTHENTICATED' },
  ]);
  for (const nonsense of ['', 'x', 'x'.repeat(1_000)]) {
    expect((await merge(subgraph, nonsense, user(1))).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  }
  expect((await look(subgraph, token)).lines).toHaveLength(1);
});
