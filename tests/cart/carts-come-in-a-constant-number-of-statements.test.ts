import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Data } from '../kit/http.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import {
  type Action,
  act,
  CART,
  guestToken,
  look,
  offer,
  resolve,
  startEmptyCarts,
} from './arrange.ts';

let subgraph: TestSubgraph;
const tokens: string[] = [];
const carts: Data[] = [];

beforeAll(async () => {
  subgraph = await startEmptyCarts();
  for (const lines of [1, 4, 100]) {
    const token = await guestToken(subgraph);
    for (let line = 0; line < lines; line++)
      await act(subgraph, 'addToCart', { token, productId: `product_${line}` });
    tokens.push(token);
    carts.push(await look(subgraph, token));
  }
});
afterAll(() => subgraph[Symbol.asyncDispose]());

test('a cart and its lines are one statement, however many lines', async () => {
  for (const token of tokens)
    expect(await subgraph.countStatements(() => look(subgraph, token))).toBe(1);
});

const statementsOf = (representations: readonly object[]) =>
  subgraph.countStatements(async () => {
    const selection = `
      ... on Cart { ${CART} totals { amount } }
      ... on CartLine { quantity total { amount } warnings { code } product { id } }`;
    const { errors } = await resolve(subgraph, representations, selection);
    expect(errors).toBeUndefined();
  });

test('many carts by reference are one statement, as one is', async () => {
  const references = carts.map(({ id, revision, lines }) => ({
    __typename: 'Cart',
    id,
    revision,
    lines: lines.map(() => offer('1')),
  }));
  expect(await statementsOf(references.slice(0, 1))).toBe(1);
  expect(await statementsOf(references)).toBe(1);
});

test('a hundred lines by reference are one statement, as one is', async () => {
  const references = carts[2].lines.map(({ id }: { id: string }) => ({
    __typename: 'CartLine',
    id,
    ...offer('1'),
  }));
  expect(references).toHaveLength(100);
  expect(await statementsOf(references.slice(0, 1))).toBe(1);
  expect(await statementsOf(references)).toBe(1);
});

test('entities come in the order asked, twice where asked twice, null where unknown', async () => {
  const ids: string[] = carts[1].lines.map(({ id }: { id: string }) => id);
  const asked = [ids[2], 'line_none', ids[0], '\0', ids[2]];
  const { data, errors } = await resolve(
    subgraph,
    asked.map((id) => ({ __typename: 'CartLine', id })),
    '... on CartLine { id }',
  );
  expect(errors).toBeUndefined();
  expect(data._entities.map((each: Data) => each?.id ?? null)).toEqual([
    ids[2],
    null,
    ids[0],
    null,
    ids[2],
  ]);
});

test('a change costs the same in a full cart as in a small one', async () => {
  const cost = async (action: Action, input: (cart: Data) => Record<string, unknown>) => {
    const counts: number[] = [];
    for (const index of [1, 2]) {
      const given = { token: tokens[index], ...input(carts[index]) };
      counts.push(await subgraph.countStatements(() => act(subgraph, action, given)));
    }
    return counts;
  };
  // BEGIN, lock, read, write, count the revision, COMMIT.
  expect(await cost('addToCart', () => ({ productId: 'product_1' }))).toEqual([6, 6]);
  const last = (cart: Data) => ({ lineId: cart.lines.at(-1).id });
  expect(await cost('changeCartLine', (cart) => ({ ...last(cart), quantity: 7 }))).toEqual([6, 6]);
  expect(await cost('removeCartLine', last)).toEqual([6, 6]);
  expect(await cost('clearCart', () => ({}))).toEqual([6, 6]);
});
