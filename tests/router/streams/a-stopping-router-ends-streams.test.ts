import { expect, test } from 'vitest';
import { DEFERRED_PARTS, EVENT_PARTS, EVENT_STREAM } from '../../kit/accepts.ts';
import { openRawStream } from '../../kit/raw-stream.ts';
import { openSocket } from '../../kit/socket.ts';
import {
  DEFERRED,
  flood,
  priced,
  SUBSCRIPTION,
  startStreamingRouter,
} from '../../kit/streaming-router.ts';

test.each([
  ['multipart', EVENT_PARTS],
  ['server-sent events', EVENT_STREAM],
])('a subscription by %s ends with SHUTTING_DOWN', async (_way, accept) => {
  await using router = await startStreamingRouter();
  using stream = await openRawStream(router.url, SUBSCRIPTION, { accept });
  const prices = await router.prices();
  const stopped = router.stop();
  await prices.closed;
  expect(await stream.toEnd()).toContain('SHUTTING_DOWN');
  await stopped;
});

test('a WebSocket’s subscriptions end with SHUTTING_DOWN, and then it is closed with 1001', async () => {
  await using router = await startStreamingRouter();
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  for (const id of ['1', '2']) socket.subscribe(id, SUBSCRIPTION);
  await router.prices();
  await router.prices();
  const stopped = router.stop();
  for (const id of ['1', '2']) {
    expect(await socket.next()).toMatchObject({
      type: 'error',
      id,
      payload: [{ extensions: { code: 'SHUTTING_DOWN' } }],
    });
  }
  expect(await socket.closed).toEqual([1001, 'Going away']);
  await stopped;
});

test('a WebSocket with nothing under way is closed with 1001', async () => {
  await using router = await startStreamingRouter();
  await using socket = await openSocket(router.socketUrl);
  await router.stop();
  expect(await socket.closed).toEqual([1001, 'Going away']);
});

test('a deferred answer may finish, while new operations are refused', async () => {
  await using router = await startStreamingRouter();
  using stream = await openRawStream(router.url, DEFERRED, { accept: DEFERRED_PARTS });
  const overHttp = await router.prices();
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  socket.subscribe('1', DEFERRED);
  expect(await socket.next()).toMatchObject({ id: '1', payload: { hasNext: true } });
  const overSocket = await router.prices();

  const stopped = router.stop();
  await expect.poll(() => openSocket(router.socketUrl).catch(String)).toContain('503');
  using refused = await openRawStream(router.url, DEFERRED, { accept: DEFERRED_PARTS });
  expect(refused.status).toBe(503);
  expect(await refused.toEnd()).toContain('SHUTTING_DOWN');
  socket.subscribe('2', DEFERRED);
  expect(await socket.next()).toMatchObject({
    id: '2',
    payload: [{ extensions: { code: 'SHUTTING_DOWN' } }],
  });
  await overHttp.give(12);
  await overSocket.give(13);
  expect(await stream.toEnd()).toContain(JSON.stringify(priced(12)));
  expect(await socket.next()).toMatchObject({ id: '1', payload: { hasNext: false } });
  expect(await socket.closed).toEqual([1001, 'Going away']);
  await stopped;
});

test('a deferred answer that does not finish ends with SHUTTING_DOWN', async () => {
  await using router = await startStreamingRouter();
  using stream = await openRawStream(router.url, DEFERRED, { accept: DEFERRED_PARTS });
  const prices = await router.prices();
  const stopped = router.stop();
  await prices.closed;
  expect(await stream.toEnd()).toMatch(
    /\{"hasNext":false,"errors":\[.*SHUTTING_DOWN.*\]\}\s+--graphql--/,
  );
  await stopped;
});

test('who reads slowly is left the time to read the end', async () => {
  await using router = await startStreamingRouter({ maxQueuedEvents: 2_000 });
  using stream = await openRawStream(router.url, SUBSCRIPTION, { accept: EVENT_STREAM });
  const prices = await router.prices();
  for (let price = 0; price < 2_000; price += 1) await prices.give(price, 'x'.repeat(10_000));
  const stopped = router.stop();
  await prices.closed;
  // Long enough for the sweep of connections that seem to be idle.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await stream.toEnd()).toMatch(/SHUTTING_DOWN.*\n\nevent: complete\ndata:\n\n$/);
  await stopped;
});

test('whoever does not read is cut off', async () => {
  await using router = await startStreamingRouter({ maxQueuedEvents: 5 });
  using _stream = await openRawStream(router.url, SUBSCRIPTION, { accept: EVENT_STREAM });
  await flood(await router.prices());
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  socket.subscribe('1', SUBSCRIPTION);
  socket.raw.pause();
  await flood(await router.prices());
  await router.stop();
  expect(await router.connections()).toBe(0);
});
