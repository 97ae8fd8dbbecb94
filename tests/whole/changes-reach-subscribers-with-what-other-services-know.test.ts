import { afterAll, expect, test } from 'vitest';
import { startSupergraph } from '../kit/supergraph.ts';
import { APOLLO } from '../router/clients/apollo.ts';
import { URQL } from '../router/clients/urql.ts';

const market = await startSupergraph();
afterAll(() => market[Symbol.asyncDispose]());

/** An item of the seed that is for sale, and who sells it. */
const someItem = async (skip: number): Promise<{ id: string; seller: string }> => {
  const { data } = await market.query('{ products(first: 30) { nodes { id seller { id } } } }');
  const { id, seller } = data.products.nodes[skip];
  return { id, seller: seller.id };
};

const setPrice = async (id: string, seller: string, amount: string): Promise<void> => {
  const { data } = await market.query(
    `mutation ($id: ID!, $amount: Decimal!) {
      editProduct(id: $id, input: { price: { amount: $amount, currencyCode: EUR } }) {
        product { id }
        userErrors { message }
      }
    }`,
    { user: seller, variables: { id, amount } },
  );
  expect(data.editProduct.userErrors).toEqual([]);
};

/** Price from the catalogue, name from users, picture from media. */
const watching = (id: string): string => `subscription {
  productChanged(ids: ["${id}"], includeCurrent: true) {
    id
    price { amount }
    seller { displayName }
    coverImage { alt }
  }
}`;

const CLIENTS = [
  ['Apollo Client over HTTP multipart', APOLLO['HTTP multipart']],
  ['Apollo Client over a WebSocket', APOLLO['a WebSocket']],
  ['urql over its own fetch', URQL['its own fetch']],
  ['urql over graphql-sse', URQL['graphql-sse']],
  ['urql over graphql-ws', URQL['graphql-ws']],
] as const;

const dataOf = (told: object) => Object(told).value?.data?.productChanged;

test.each(CLIENTS)(
  '%s sees the new price, the seller’s name and the picture',
  async (name, open) => {
    const { id, seller } = await someItem(CLIENTS.findIndex(([each]) => each === name));
    using client = open(`${market.url}/graphql`, {});
    const shown = client.subscribe(watching(id));
    const before = dataOf(await shown.next());
    expect(before).toMatchObject({ id, seller: { displayName: expect.any(String) } });
    await setPrice(id, seller, '41.50');
    const after = dataOf(await shown.next());
    expect(after).toEqual({ ...before, price: { ...before.price, amount: '41.50' } });
  },
);
