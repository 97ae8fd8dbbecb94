import { expect } from 'vitest';
import type { SubgraphEvents } from '../../router/transport/subscribe.ts';
import { catalog } from '../../subgraphs/catalog/server.ts';
import type { Data } from '../kit/http.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import { arrange } from './arrange.ts';

/** A catalogue with these items, at 10.00 each. */
export const startWithItems = async (...ids: readonly string[]): Promise<TestSubgraph> => {
  const subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
  await arrange(
    subgraph,
    ids.map((id) => ({ id })),
  );
  return subgraph;
};

const WATCH = `subscription Watch($ids: [ID!]!, $includeCurrent: Boolean!) {
  productChanged(ids: $ids, includeCurrent: $includeCurrent) {
    id availability price { amount } category { slug } } }`;

/** Subscribes with the first `next`; with `includeCurrent`, a first event says that it has begun. */
export const watch = (
  subgraph: TestSubgraph,
  ids: readonly string[],
  { includeCurrent = true, document = WATCH } = {},
): SubgraphEvents => subgraph.subscribe({ document, variables: { ids, includeCurrent } });

/** The item of the next event. */
export const next = async (events: SubgraphEvents): Promise<Data> => {
  const { value } = await events.next();
  expect(value?.errors).toBeUndefined();
  return value?.data?.['productChanged'];
};

/** What somebody does whom the service knows nothing of. */
export const setPrice = (subgraph: TestSubgraph, id: string, cents: number) =>
  subgraph.pool.query('UPDATE products SET price_amount = $2 WHERE id = $1', [id, cents]);
