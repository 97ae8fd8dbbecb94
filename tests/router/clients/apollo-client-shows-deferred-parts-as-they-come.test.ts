import { expect, test } from 'vitest';
import {
  DEFERRED,
  PRODUCT,
  priced,
  QUERY,
  startStreamingRouter,
} from '../../kit/streaming-router.ts';
import { APOLLO } from './apollo.ts';

test.each(Object.entries(APOLLO))(
  'over %s the page comes first and the price later',
  async (_way, connect) => {
    await using router = await startStreamingRouter();
    using client = connect(router.url, {});
    const page = client.watch(DEFERRED);
    expect(await page.next()).toMatchObject({ value: { loading: true } });
    expect(await page.next()).toMatchObject({ value: { data: { product: PRODUCT } } });
    await (await router.prices()).give(12);
    expect(await page.next()).toMatchObject({
      value: { data: { product: { ...PRODUCT, ...priced(12) } }, loading: false },
    });
  },
);

test.each(Object.entries(APOLLO))('over %s a query comes in one piece', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url, {});
  const page = client.watch(QUERY);
  expect(await page.next()).toMatchObject({ value: { loading: true } });
  expect(await page.next()).toMatchObject({
    value: { data: { product: PRODUCT }, loading: false },
  });
});
