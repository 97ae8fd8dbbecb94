import { expect } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import type { Data } from '../kit/http.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';

export const userNamed = (id: string): Viewer => ({
  kind: 'user',
  id,
  scopes: ['seller'],
  sessionId: null,
});

/** Who sells, where a test names nobody else. */
export const SELLER = userNamed('user_1');

const PAYLOAD = `{ product {
    id title description condition brand price { amount } category { slug } availability
    quantityAvailable attributes { name value } mediaIds version listedAt updatedAt
  } userErrors { code field message } }`;

const mutation = (name: string, types: string, uses: string) =>
  `mutation Sell(${types}) { result: ${name}(${uses}) ${PAYLOAD} }`;

const DOCUMENTS = {
  draft: mutation('draftProduct', '$input: DraftProductInput!', 'input: $input'),
  publish: mutation(
    'publishProduct',
    '$id: ID!, $expectedVersion: Int',
    'id: $id, expectedVersion: $expectedVersion',
  ),
  edit: mutation(
    'editProduct',
    '$id: ID!, $input: EditProductInput!, $expectedVersion: Int',
    'id: $id, input: $input, expectedVersion: $expectedVersion',
  ),
  withdraw: mutation(
    'withdrawProduct',
    '$id: ID!, $expectedVersion: Int',
    'id: $id, expectedVersion: $expectedVersion',
  ),
  relist: mutation(
    'relistProduct',
    '$id: ID!, $quantity: Int! = 1, $expectedVersion: Int',
    'id: $id, quantity: $quantity, expectedVersion: $expectedVersion',
  ),
} as const;

/** The item, and `CODE path.of.field` of each refusal. */
export interface Sold {
  readonly product: Data;
  readonly refusals: readonly string[];
}

export const sellerDoes = async (
  subgraph: TestSubgraph,
  what: keyof typeof DOCUMENTS,
  variables: Readonly<Record<string, unknown>>,
  viewer: Viewer = SELLER,
): Promise<Sold> => {
  const { data, errors } = await subgraph.query({ document: DOCUMENTS[what], variables, viewer });
  expect(errors).toBeUndefined();
  const { product, userErrors } = data.result;
  expect(product === null).toBe(userErrors.length > 0);
  return {
    product,
    refusals: userErrors.map(({ code, field }: { code: string; field: string[] | null }) =>
      field === null ? code : `${code} ${field.join('.')}`,
    ),
  };
};
