import { expect, test } from 'vitest';
import { refusal } from '../../../router/refusal.ts';
import { DEFERRED_PARTS, EVENT_PARTS, EVENT_STREAM } from '../../kit/accepts.ts';
import { openRawStream } from '../../kit/raw-stream.ts';
import {
  DEFERRED,
  PRODUCT,
  priced,
  SUBSCRIPTION,
  startStreamingRouter,
} from '../../kit/streaming-router.ts';

const PART = '\r\n--graphql\r\ncontent-type: application/json\r\n\r\n';
const FIRST = JSON.stringify({ data: { product: PRODUCT }, hasNext: true });
const LAST = JSON.stringify({
  hasNext: false,
  incremental: [{ data: priced(12), path: ['product'], label: 'price' }],
});
const event = (price: number) => JSON.stringify({ data: { priceChanged: priced(price) } });
const ERRORS = JSON.stringify(refusal('SUBGRAPH_UNAVAILABLE').errors);

/** What keeps proxies from gathering an answer, and caches from keeping it. */
const UNBUFFERED = {
  'cache-control': 'private, no-store, no-transform',
  'x-accel-buffering': 'no',
  'transfer-encoding': 'chunked',
};

test('@defer: the first part can be read before the second one exists', async () => {
  await using router = await startStreamingRouter();
  using stream = await openRawStream(router.url, DEFERRED, { accept: DEFERRED_PARTS });
  expect(stream.status).toBe(200);
  expect(stream.headers).toMatchObject({
    ...UNBUFFERED,
    'content-type': 'multipart/mixed;boundary="graphql";deferSpec=20220824',
  });
  expect(await stream.until('true}\r\n--graphql')).toBe(`${PART}${FIRST}\r\n--graphql`);
  await (await router.prices()).give(12);
  expect(await stream.toEnd()).toBe(`${PART}${FIRST}${PART}${LAST}\r\n--graphql--\r\n`);
});

test('a multipart subscription: payloads, and errors beside a payload that is null', async () => {
  await using router = await startStreamingRouter();
  using stream = await openRawStream(router.url, SUBSCRIPTION, { accept: EVENT_PARTS });
  expect(stream.headers).toMatchObject({
    ...UNBUFFERED,
    'content-type': 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  });
  expect(await stream.until('--graphql')).toBe('\r\n--graphql');
  const prices = await router.prices();
  await prices.give(12);
  const read = `${PART}{"payload":${event(12)}}`;
  expect(await stream.until('}}}\r\n--graphql')).toBe(`${read}\r\n--graphql`);
  prices.fail(refusal('SUBGRAPH_UNAVAILABLE'));
  expect(await stream.toEnd()).toBe(
    `${read}${PART}{"payload":null,"errors":${ERRORS}}\r\n--graphql--\r\n`,
  );
});

test('server-sent events: next, and complete', async () => {
  await using router = await startStreamingRouter();
  using stream = await openRawStream(router.url, SUBSCRIPTION, { accept: EVENT_STREAM });
  expect(stream.headers).toMatchObject({
    ...UNBUFFERED,
    'content-type': 'text/event-stream; charset=utf-8',
  });
  expect(await stream.until(':\n\n')).toBe(':\n\n');
  const prices = await router.prices();
  await prices.give(12);
  const read = `:\n\nevent: next\ndata: ${event(12)}\n\n`;
  expect(await stream.until('}}\n\n')).toBe(read);
  prices.fail(refusal('SUBGRAPH_UNAVAILABLE'));
  expect(await stream.toEnd()).toBe(
    `${read}event: next\ndata: {"errors":${ERRORS}}\n\nevent: complete\ndata:\n\n`,
  );
});

test.each([
  ['multipart', EVENT_PARTS, `${PART}{}${PART}{}${PART}{}\r\n--graphql`],
  ['server-sent events', EVENT_STREAM, ':\n\n:\n\n:\n\n'],
])('a subscription without news beats, by %s', async (_what, accept, beats) => {
  await using router = await startStreamingRouter({ heartbeatMs: 10 });
  using stream = await openRawStream(router.url, SUBSCRIPTION, { accept });
  expect((await stream.until(beats)).startsWith(beats)).toBe(true);
});

test('pages of allowed origins may read a stream', async () => {
  await using router = await startStreamingRouter({ corsOrigins: ['https://shop.example'] });
  using stream = await openRawStream(router.url, SUBSCRIPTION, {
    accept: EVENT_STREAM,
    origin: 'https://shop.example',
  });
  expect(stream.headers['access-control-allow-origin']).toBe('https://shop.example');
});
