import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { signRequest } from '../../contract/signature.ts';
import { GUEST } from '../../contract/viewer.ts';
import { TEST_SECRET } from '../kit/secret.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import { CATEGORY_TREE } from './arrange.ts';
import { next, setPrice, startWithItems, watch } from './watching.ts';

test('subscriptions that wait leave the database to those that ask', async () => {
  await using subgraph = await startWithItems('product_a');
  const events = Array.from({ length: 30 }, () => watch(subgraph, ['product_a']));
  await Promise.all(events.map(next));
  const waiting = events.map(next);

  const { data } = await subgraph.query({ document: '{ product(id: "product_a") { id } }' });
  expect(data.product).toEqual({ id: 'product_a' });
  const { rows } = await subgraph.pool.query(
    `SELECT count(*)::INTEGER AS connections FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'emporium listening'`,
  );
  expect(rows).toEqual([{ connections: 1 }]);

  await setPrice(subgraph, 'product_a', 100);
  for (const item of await Promise.all(waiting)) expect(item.price.amount).toBe('1.00');
});

/** Changes the item, and waits until `events` has told it. */
const changeSeen = async (
  subgraph: TestSubgraph,
  events: ReturnType<typeof watch>,
  cents: number,
): Promise<void> => {
  await setPrice(subgraph, 'product_a', cents);
  await next(events);
};

test('a subscription whose router has hung up costs nothing more, not even once', async () => {
  await using subgraph = await startWithItems('product_a');
  const stays = watch(subgraph, ['product_a']);
  await next(stays);
  let cents = 900;
  const statementsAfterHangUp = async (): Promise<number> => {
    const left = watch(subgraph, ['product_a']);
    await next(left);
    const waiting = left.next();
    await left.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    // The other end of a connection learns of its end a little later.
    await sleep(50);
    cents -= 1;
    return subgraph.countStatements(async () => {
      await changeSeen(subgraph, stays, cents);
      // A statement more than the pool has connections for comes a little later.
      await sleep(100);
    }, CATEGORY_TREE);
  };
  await expect.poll(statementsAfterHangUp, { timeout: 20_000 }).toBe(1);
});

/** About 500 KB an event, so that the buffers of a connection hold only a few. */
const LONG = `subscription Watch($ids: [ID!]!) { productChanged(ids: $ids, includeCurrent: true) {
  price { amount } ${Array.from({ length: 100 }, (_, n) => `d${n}: description`).join(' ')} } }`;

test('a router that does not read makes its subscription wait, and reads the last state then', async () => {
  await using subgraph = await startWithItems('product_a');
  await subgraph.pool.query('UPDATE products SET description = $1', ['x'.repeat(5_000)]);
  const slow = watch(subgraph, ['product_a'], { document: LONG });
  const quick = watch(subgraph, ['product_a']);
  await Promise.all([next(slow), next(quick)]);

  const statements = (cents: number) =>
    subgraph.countStatements(() => changeSeen(subgraph, quick, cents), CATEGORY_TREE);
  for (let cents = 999; cents > 900; cents -= 1) await statements(cents);
  const whileFull = [];
  for (let cents = 900; cents > 800; cents -= 1) whileFull.push(await statements(cents));
  expect(new Set(whileFull)).toEqual(new Set([1]));

  let events = 0;
  for (let amount = ''; amount !== '8.01'; events += 1) ({ amount } = (await next(slow)).price);
  expect(events).toBeLessThan(100);
});

test('nobody is told anything without the signature of the router', async () => {
  await using subgraph = await startWithItems('product_a');
  const body = JSON.stringify({
    query: 'subscription { productChanged(ids: ["product_a"]) { id } }',
  });
  const caller = { viewer: GUEST, clientAddress: null };
  const forged = signRequest('another-key-of-at-least-32-bytes-0123', 'catalog', caller, body);
  const forAnother = signRequest(TEST_SECRET, 'cart', caller, body);
  for (const headers of [{}, { ...forged }, { ...forAnother }]) {
    const answer = await request(`${subgraph.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
      body,
    });
    expect(answer.statusCode).toBe(403);
    expect(await answer.body.json()).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  }
});
