import { expect, test } from 'vitest';
import { EVENT_PARTS, EVENT_STREAM } from '../../kit/accepts.ts';
import { openRawStream } from '../../kit/raw-stream.ts';
import { openSocket } from '../../kit/socket.ts';
import { flood, SUBSCRIPTION, startStreamingRouter } from '../../kit/streaming-router.ts';

/** What the sockets' own buffers may hold of 10 KB events, beside the router's queue. */
const MOST_IN_SOCKETS = 2_000;

test.each([
  ['multipart', EVENT_PARTS],
  ['server-sent events', EVENT_STREAM],
])('%s: the source is closed, and who reads again learns why', async (_way, accept) => {
  await using router = await startStreamingRouter({ maxQueuedEvents: 5 });
  // It reads nothing until it is asked to.
  using stream = await openRawStream(router.url, SUBSCRIPTION, { accept });
  expect(await flood(await router.prices())).toBeLessThan(MOST_IN_SOCKETS);
  const text = await stream.toEnd();
  expect(text).toContain('"price":0');
  expect(text.slice(-1_000)).toContain('SUBSCRIPTION_TOO_SLOW');
  expect(text).toMatch(/(--graphql--|event: complete\ndata:)\s*$/);
});

test('WebSocket: the source is closed, and who reads again learns why', async () => {
  await using router = await startStreamingRouter({ maxQueuedEvents: 5 });
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  socket.subscribe('1', SUBSCRIPTION);
  const prices = await router.prices();
  socket.raw.pause();
  expect(await flood(prices)).toBeLessThan(MOST_IN_SOCKETS);
  socket.raw.resume();
  let message: unknown;
  do message = await socket.next();
  while (Object(message).type === 'next');
  expect(message).toMatchObject({
    type: 'error',
    id: '1',
    payload: [{ extensions: { code: 'SUBSCRIPTION_TOO_SLOW' } }],
  });
});

test('a burst of many events is no slow client', async () => {
  await using router = await startStreamingRouter({ maxQueuedEvents: 5 });
  using stream = await openRawStream(router.url, SUBSCRIPTION, { accept: EVENT_STREAM });
  const prices = await router.prices();
  const padding = 'x'.repeat(10_000);
  for (let price = 0; price < 500; price += 1) void prices.give(price, padding);
  expect(await stream.until('"price":499}')).not.toContain('SUBSCRIPTION_TOO_SLOW');
});

test.each([
  ['multipart', EVENT_PARTS],
  ['server-sent events', EVENT_STREAM],
])('%s: a client that reads nothing at all is cut off', async (_way, accept) => {
  await using router = await startStreamingRouter({ maxQueuedEvents: 5, heartbeatMs: 50 });
  using stream = await openRawStream(router.url, SUBSCRIPTION, { accept });
  await flood(await router.prices());
  await expect.poll(router.connections, { timeout: 30_000 }).toBe(0);
  await expect(stream.toEnd()).rejects.toThrow('aborted');
});

test('a WebSocket that reads nothing at all is cut off', async () => {
  await using router = await startStreamingRouter({ maxQueuedEvents: 5, heartbeatMs: 50 });
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  socket.subscribe('1', SUBSCRIPTION);
  const prices = await router.prices();
  socket.raw.pause();
  await prices.closed;
  await expect.poll(router.connections, { timeout: 30_000 }).toBe(0);
});

test('a WebSocket that asks and does not read is not listened to', async () => {
  await using router = await startStreamingRouter({ maxOperationsPerWebSocket: 10 });
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  socket.raw.pause();
  const padding = 'x'.repeat(50_000);
  for (let count = 0; count < 400; count += 1) socket.send({ type: 'ping', payload: { padding } });
  // Time enough for all of it to be taken, if the router listened.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(socket.raw.bufferedAmount).toBeGreaterThan(1_000_000);
  socket.raw.resume();
  for (let count = 0; count < 400; count += 1) {
    expect(await socket.next()).toMatchObject({ type: 'pong' });
  }
});
