import { expect, test } from 'vitest';
import {
  DEFERRED,
  PRODUCT,
  priced,
  QUERY,
  startStreamingRouter,
} from '../../kit/streaming-router.ts';
import { URQL } from './urql.ts';

test('the page comes first and the price later', async () => {
  await using router = await startStreamingRouter();
  using client = URQL['its own fetch'](router.url);
  const page = client.query(DEFERRED);
  expect(await page.next()).toMatchObject({ value: { data: { product: PRODUCT }, hasNext: true } });
  await (await router.prices()).give(12);
  expect(await page.next()).toMatchObject({
    value: { data: { product: { ...PRODUCT, ...priced(12) } }, hasNext: false },
  });
});

test('a query comes in one piece', async () => {
  await using router = await startStreamingRouter();
  using client = URQL['its own fetch'](router.url);
  expect(await client.query(QUERY).next()).toMatchObject({
    value: { data: { product: PRODUCT }, hasNext: false },
  });
});
