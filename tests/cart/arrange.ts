import { expect } from 'vitest';
import { GUEST, type Viewer } from '../../contract/viewer.ts';
import { cart } from '../../subgraphs/cart/server.ts';
import type { Data } from '../kit/http.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';

export const user = (number: number): Viewer => ({
  kind: 'user',
  id: `user_${number}`,
  scopes: ['buyer'],
  sessionId: null,
});

export const startEmptyCarts = () => startTestSubgraph(cart, { database: 'cart', seeded: false });

export const CART = `id revision totalQuantity updatedAt
  lines { id quantity addedAt product { id } priceSeen { amount currencyCode } }`;

const PAYLOADS = {
  addToCart: `cart { ${CART} } line { id quantity } warnings { code message }`,
  changeCartLine: `cart { ${CART} } line { id quantity } warnings { code message }`,
  removeCartLine: `cart { ${CART} }`,
  clearCart: `cart { ${CART} }`,
};

export type Action = keyof typeof PAYLOADS;

/** Runs one of the mutations that change a cart, which answers with a payload and never with errors. */
export const act = async (
  subgraph: TestSubgraph,
  action: Action,
  input: Record<string, unknown>,
  viewer: Viewer = GUEST,
): Promise<Data> => {
  const type = `${action[0]?.toUpperCase()}${action.slice(1)}Input`;
  const { data, errors } = await subgraph.query({
    document: `mutation Act($input: ${type}!) {
      result: ${action}(input: $input) { ${PAYLOADS[action]} userErrors { code field message } } }`,
    variables: { input },
    viewer,
  });
  expect(errors).toBeUndefined();
  return data.result;
};

/** `CODE path.of.field` of each refusal. */
export const refusals = async (...args: Parameters<typeof act>): Promise<string[]> => {
  const { cart, userErrors } = await act(...args);
  expect(cart).toBeNull();
  return userErrors.map(({ code, field }: { code: string; field: string[] | null }) =>
    field === null ? code : `${code} ${field.join('.')}`,
  );
};

/** A new guest cart's token. */
export const guestToken = async (subgraph: TestSubgraph): Promise<string> => {
  const { data } = await subgraph.query({
    document: 'mutation { createGuestCart { token userErrors { code } } }',
  });
  return data.createGuestCart.token;
};

/** The cart that a token opens, or the viewer's. */
export const look = async (
  subgraph: TestSubgraph,
  token: string | null,
  viewer: Viewer = GUEST,
): Promise<Data> => {
  const { data, errors } = await subgraph.query({
    document: `query Look($token: String) { cart(token: $token) { ${CART} } }`,
    variables: { token },
    viewer,
  });
  expect(errors).toBeUndefined();
  return data.cart;
};

/** What the router sends to have fields of entities computed. */
export const resolve = (
  subgraph: TestSubgraph,
  representations: readonly object[],
  selection: string,
  viewer: Viewer = GUEST,
) =>
  subgraph.query({
    document: `query Resolve($representations: [_Any!]!) {
      _entities(representations: $representations) { ${selection} } }`,
    variables: { representations },
    viewer,
  });

/** A product as the catalogue gives it to the router. */
export const offer = (amount: string, change: Record<string, unknown> = {}) => ({
  product: {
    price: { amount, currencyCode: 'EUR' },
    availability: 'AVAILABLE',
    quantityAvailable: 9,
    ...change,
  },
});
