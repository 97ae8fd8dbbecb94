import { expect } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import { catalog } from '../../subgraphs/catalog/server.ts';
import type { Data } from '../kit/http.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import { arrange } from './arrange.ts';

/** The service that sells. */
export const CART: Viewer = { kind: 'service', name: 'cart', scopes: ['catalog:holds'] };

/** A catalogue with as many pieces of each item, at 10.00 each, sold by user_1. */
export const startWithPieces = async (
  pieces: Readonly<Record<string, number>>,
): Promise<TestSubgraph> => {
  const subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
  await arrange(
    subgraph,
    Object.entries(pieces).map(([id, quantity]) => ({ id, quantity })),
  );
  return subgraph;
};

const RESULT = `{
  holds { productId quantity fence state heldUntil price { amount currencyCode } sellerId title }
  problems { productId code message price { amount } quantityAvailable } }`;

const mutation = (name: string, input: string) =>
  `mutation Change($input: ${input}!) { result: ${name}(input: $input) ${RESULT} }`;

const HOLD = mutation('holdItems', 'HoldItemsInput');
const PAY = mutation('beginPayment', 'HoldsInput');
const SELL = mutation('sellHeldItems', 'HoldsInput');
const RELEASE = mutation('releaseHeldItems', 'ReleaseHeldItemsInput');
const RETURN = mutation('returnSoldItems', 'ReturnSoldItemsInput');

/** `CODE product` of each problem, or the holds. */
export interface Held {
  readonly holds: Data[] | null;
  readonly problems: readonly string[];
}

const send = async (
  subgraph: TestSubgraph,
  document: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Held> => {
  const { data, errors } = await subgraph.query({ document, variables: { input }, viewer: CART });
  expect(errors).toBeUndefined();
  const { holds, problems } = data.result;
  expect(holds === null).toBe(problems.length > 0);
  return {
    holds,
    problems: problems.map(({ code, productId }: { code: string; productId: string | null }) =>
      productId === null ? code : `${code} ${productId}`,
    ),
  };
};

/** As many pieces of each item, for an order of user_2. */
export const hold = (
  subgraph: TestSubgraph,
  orderId: string,
  pieces: Readonly<Record<string, number>>,
  { buyerId = 'user_2', amount = '10.00' } = {},
): Promise<Held> =>
  send(subgraph, HOLD, {
    orderId,
    buyerId,
    items: Object.entries(pieces).map(([productId, quantity]) => ({
      productId,
      quantity,
      expectedPrice: { amount, currencyCode: 'EUR' },
    })),
  });

/** What an order was told of its holds. */
export const fencesOf = ({ holds }: Held) =>
  (holds ?? []).map(({ productId, fence }) => ({ productId, fence }));

export const pay = (subgraph: TestSubgraph, orderId: string, held: Held): Promise<Held> =>
  send(subgraph, PAY, { orderId, fences: fencesOf(held) });

export const sell = (subgraph: TestSubgraph, orderId: string, held: Held): Promise<Held> =>
  send(subgraph, SELL, { orderId, fences: fencesOf(held) });

export const release = (subgraph: TestSubgraph, orderId: string): Promise<Held> =>
  send(subgraph, RELEASE, { orderId });

export const takeBack = (
  subgraph: TestSubgraph,
  orderId: string,
  productIds: readonly string[],
  relist: boolean,
): Promise<Held> => send(subgraph, RETURN, { orderId, productIds, relist });

/** Holds, pays and sells. */
export const buy = async (
  subgraph: TestSubgraph,
  orderId: string,
  pieces: Readonly<Record<string, number>>,
): Promise<Held> => {
  const held = await hold(subgraph, orderId, pieces);
  await pay(subgraph, orderId, held);
  return sell(subgraph, orderId, held);
};

export const statesOf = ({ holds }: Held): string[] => (holds ?? []).map(({ state }) => state);

/** `AVAILABLE 3` of each item, by id. */
export const stock = async ({ pool }: TestSubgraph): Promise<Readonly<Record<string, string>>> => {
  const { rows } = await pool.query(
    "SELECT id, availability || ' ' || quantity_available AS stock FROM products ORDER BY id",
  );
  return Object.fromEntries(rows.map(({ id, stock }) => [id, stock]));
};

/** Lets the time of what an order holds be over. */
export const expire = ({ pool }: TestSubgraph, orderId: string) =>
  pool.query("UPDATE holds SET held_until = now() - interval '1 second' WHERE order_id = $1", [
    orderId,
  ]);
