import { expect, test } from 'vitest';
import { asSuperuser } from '../kit/database.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import { next, setPrice, startWithItems, watch } from './watching.ts';

const breakConnections = ({ pool }: TestSubgraph) =>
  pool.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'emporium listening'`,
  );

test('a change that came while the connection was broken is told, and the next one too', async () => {
  await using subgraph = await startWithItems('product_a', 'product_b');
  const events = watch(subgraph, ['product_a']);
  await next(events);

  await breakConnections(subgraph);
  await setPrice(subgraph, 'product_a', 500);
  expect(await next(events)).toMatchObject({ price: { amount: '5.00' } });

  await setPrice(subgraph, 'product_a', 400);
  expect(await next(events)).toMatchObject({ price: { amount: '4.00' } });
});

test('a subscription is refused while the database is gone, and begins when it is there again', async () => {
  await using subgraph = await startWithItems('product_a');
  const name = new URL(subgraph.databaseUrl).pathname.slice(1);
  const allow = (whether: boolean) =>
    asSuperuser(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS ${whether}`);
  await allow(false);
  const refused = watch(subgraph, ['product_a']);
  expect((await refused.next()).value?.errors).toMatchObject([
    {
      message: 'Something went wrong on our side.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    },
  ]);
  await allow(true);
  await expect
    .poll(async () => (await watch(subgraph, ['product_a']).next()).value?.data, {
      timeout: 30_000,
    })
    .toMatchObject({ productChanged: { id: 'product_a' } });
});
