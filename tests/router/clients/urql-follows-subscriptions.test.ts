import { expect, test } from 'vitest';
import { refusal } from '../../../router/refusal.ts';
import { priced, SUBSCRIPTION, startStreamingRouter } from '../../kit/streaming-router.ts';
import { URQL } from './urql.ts';

const WAYS = Object.entries(URQL);

test.each(WAYS)('through %s every event is shown, and then the end', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url);
  const events = client.subscribe(SUBSCRIPTION);
  const prices = await router.prices();
  for (const price of [12, 13]) {
    await prices.give(price);
    expect(await events.next()).toMatchObject({
      value: { data: { priceChanged: priced(price) }, hasNext: true },
    });
  }
  prices.end();
  expect(await events.next()).toMatchObject({ value: { hasNext: false } });
});

test.each(WAYS)('through %s leaving closes the source', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url);
  const events = client.subscribe(SUBSCRIPTION);
  const prices = await router.prices();
  await prices.give(12);
  await events.next();
  events.stop();
  await prices.closed;
});

test.each(WAYS)('through %s a fatal end shows its code', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url);
  const events = client.subscribe(SUBSCRIPTION);
  (await router.prices()).fail(refusal('SUBGRAPH_UNAVAILABLE'));
  expect(await events.next()).toMatchObject({
    value: { error: { graphQLErrors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] } },
  });
});
