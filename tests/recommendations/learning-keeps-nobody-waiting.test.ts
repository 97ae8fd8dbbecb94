import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { recommendations } from '../../subgraphs/recommendations/server.ts';
import { startTwin, type TestSubgraph } from '../kit/subgraph.ts';
import { addEvents, learn, startRecommendations, together } from './arrange.ts';

const related = async (subgraph: TestSubgraph): Promise<readonly string[]> => {
  const { data, errors } = await subgraph.query({
    document: `{ _entities(representations: [{ __typename: "Product", id: "product_desk" }]) {
      ... on Product { related(first: 10) { product { id } } } } }`,
  });
  expect(errors).toBeUndefined();
  return data._entities[0].related.map(({ product }: { product: { id: string } }) => product.id);
};

const nearDesk = async ({ pool }: TestSubgraph): Promise<readonly string[]> => {
  const { rows } = await pool.query(
    `SELECT neighbour_id FROM neighbours WHERE product_id = 'product_desk' ORDER BY rank`,
  );
  return rows.map(({ neighbour_id }) => neighbour_id);
};

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await sleep(10);
};

/** Holds up whoever wants to write neighbours; reading goes on. */
const holdUp = async ({ pool }: TestSubgraph) => {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE neighbours IN SHARE MODE');
  return {
    [Symbol.asyncDispose]: async () => {
      await client.query('ROLLBACK');
      client.release();
    },
  };
};

const isHeldUp = async ({ pool }: TestSubgraph): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `SELECT FROM pg_locks JOIN pg_database d ON d.oid = database
     WHERE NOT granted AND datname = current_database()`,
  );
  return rowCount !== null && rowCount > 0;
};

test('what one process learns in the background, all of them know', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, together(['a', 'b'], 'VIEWED', ['desk', 'lamp']));
  await using twin = await startTwin(recommendations, subgraph);
  await until(async () => (await related(twin)).length > 0);
  expect(await related(twin)).toEqual(['product_lamp']);
  expect(await related(subgraph)).toEqual(['product_lamp']);
});

test('while it learns, requests are answered from what was learnt before; stopping breaks it off', async () => {
  await using first = await startRecommendations();
  // Or it might be the one that learns.
  await first.stop();
  await addEvents(first.pool, together(['a', 'b'], 'VIEWED', ['desk', 'lamp']));
  await learn(first.pool);
  await addEvents(first.pool, together(['c', 'd', 'e'], 'BOUGHT', ['desk', 'chair']));
  {
    await using _held = await holdUp(first);
    await using twin = await startTwin(recommendations, first);
    await until(() => isHeldUp(first));
    expect(await related(twin)).toEqual(['product_lamp']);
    await twin.stop();
  }
  expect(await nearDesk(first)).toEqual(['product_lamp']);
  await learn(first.pool);
  expect(await nearDesk(first)).toEqual(['product_chair', 'product_lamp']);
});
