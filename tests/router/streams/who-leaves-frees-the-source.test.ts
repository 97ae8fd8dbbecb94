import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { DEFERRED_PARTS, EVENT_PARTS, EVENT_STREAM } from '../../kit/accepts.ts';
import { openRawStream } from '../../kit/raw-stream.ts';
import { openSocket } from '../../kit/socket.ts';
import { DEFERRED, SUBSCRIPTION, startStreamingRouter } from '../../kit/streaming-router.ts';

test.each([
  ['a multipart subscription', SUBSCRIPTION, EVENT_PARTS],
  ['server-sent events', SUBSCRIPTION, EVENT_STREAM],
  ['a deferred answer', DEFERRED, DEFERRED_PARTS],
  ['a deferred answer in server-sent events', DEFERRED, EVENT_STREAM],
])('a client that hangs up on %s', async (_what, query, accept) => {
  await using router = await startStreamingRouter();
  using stream = await openRawStream(router.url, query, { accept });
  const prices = await router.prices();
  expect(prices.isClosed()).toBe(false);
  stream.leave();
  await prices.closed;
});

test('a client that sends two requests at once and hangs up before the second answer begins', async () => {
  await using router = await startStreamingRouter();
  const body = JSON.stringify({ query: SUBSCRIPTION });
  const request = [
    'POST /graphql HTTP/1.1',
    'host: router.example',
    'content-type: application/json',
    `accept: ${EVENT_STREAM}`,
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
  const socket = connect(Number(new URL(router.url).port), '127.0.0.1');
  socket.write(request.repeat(2));
  const opened = [await router.prices(), await router.prices()];
  for (const prices of opened) void prices.give(12);
  socket.destroy();
  await Promise.all(opened.map(({ closed }) => closed));
});

test.each([SUBSCRIPTION, DEFERRED])('a WebSocket that breaks off in %s', async (query) => {
  await using router = await startStreamingRouter();
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  socket.subscribe('1', query);
  const prices = await router.prices();
  socket.raw.terminate();
  await prices.closed;
});

test('a WebSocket that completes one operation keeps the other', async () => {
  await using router = await startStreamingRouter();
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  socket.subscribe('1', SUBSCRIPTION);
  const first = await router.prices();
  socket.subscribe('2', SUBSCRIPTION);
  const second = await router.prices();
  socket.send({ type: 'complete', id: '1' });
  await first.closed;
  await second.give(12);
  expect(await socket.next()).toMatchObject({ type: 'next', id: '2' });
});

test('a client that leaves while its source is being opened', async () => {
  let open = (): void => {};
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  await using router = await startStreamingRouter({}, { beforeStart: () => opening });
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  socket.subscribe('1', SUBSCRIPTION);
  socket.subscribe('2', SUBSCRIPTION);
  while (router.started.length < 2) await new Promise(setImmediate);
  socket.send({ type: 'complete', id: '1' });
  socket.send({ type: 'ping' });
  expect(await socket.next()).toMatchObject({ type: 'pong' });
  const gone = once(socket.raw, 'close');
  open();
  const [first, second] = [await router.prices(), await router.prices()];
  await first.closed;
  expect(second.isClosed()).toBe(false);
  socket.raw.terminate();
  await gone;
  await second.closed;
});
