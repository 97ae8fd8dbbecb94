import { CombinedGraphQLErrors, CombinedProtocolErrors } from '@apollo/client';
import { expect, test } from 'vitest';
import { refusal } from '../../../router/refusal.ts';
import { priced, SUBSCRIPTION, startStreamingRouter } from '../../kit/streaming-router.ts';
import { APOLLO } from './apollo.ts';

const WAYS = Object.entries(APOLLO);

test.each(WAYS)('over %s every event is shown, and then the end', async (_way, connect) => {
  await using router = await startStreamingRouter({ heartbeatMs: 20 });
  using client = connect(router.url, {});
  const events = client.subscribe(SUBSCRIPTION);
  const prices = await router.prices();
  for (const price of [12, 13]) {
    await prices.give(price);
    expect(await events.next()).toMatchObject({ value: { data: { priceChanged: priced(price) } } });
    // Heartbeats pass by unseen.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  prices.end();
  expect(await events.next()).toEqual({ kind: 'complete' });
});

test.each(WAYS)('over %s the client’s headers say who asks', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url, { 'Emporium-Development-User': 'user_7' });
  client.subscribe(SUBSCRIPTION);
  await router.prices();
  expect(router.started[0]?.caller.viewer).toMatchObject({ id: 'user_7' });
});

test.each(WAYS)('over %s leaving closes the source', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url, {});
  const events = client.subscribe(SUBSCRIPTION);
  const prices = await router.prices();
  await prices.give(12);
  await events.next();
  events.stop();
  await prices.closed;
});

/** The codes that the client shows for a subscription that ended. */
const codesOf = (shown: unknown): unknown[] => {
  const error: unknown = Object(shown).value?.error ?? Object(shown).error;
  if (CombinedProtocolErrors.is(error) || CombinedGraphQLErrors.is(error)) {
    return error.errors.map(({ extensions }) => extensions?.['code']);
  }
  return [error];
};

test.each(WAYS)('over %s a fatal end shows its code', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url, {});
  const events = client.subscribe(SUBSCRIPTION);
  (await router.prices()).fail(refusal('SUBGRAPH_UNAVAILABLE'));
  expect(codesOf(await events.next())).toEqual(['SUBGRAPH_UNAVAILABLE']);
});

test.each(WAYS)('over %s a refusal shows its code', async (_way, connect) => {
  await using router = await startStreamingRouter({ maxSubscriptionsPerViewer: 0 });
  using client = connect(router.url, {});
  expect(codesOf(await client.subscribe(SUBSCRIPTION).next())).toEqual(['TOO_MANY_SUBSCRIPTIONS']);
  expect(router.started).toEqual([]);
});
