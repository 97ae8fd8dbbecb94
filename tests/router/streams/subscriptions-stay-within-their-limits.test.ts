import { expect, test } from 'vitest';
import { refusal } from '../../../router/refusal.ts';
import { DEFERRED_PARTS, EVENT_STREAM } from '../../kit/accepts.ts';
import { openRawStream } from '../../kit/raw-stream.ts';
import { openSocket } from '../../kit/socket.ts';
import {
  DEFERRED,
  QUERY,
  type StreamingRouter,
  SUBSCRIPTION,
  startStreamingRouter,
} from '../../kit/streaming-router.ts';

const subscribe = (router: StreamingRouter, user?: string) =>
  openRawStream(router.url, SUBSCRIPTION, {
    accept: EVENT_STREAM,
    ...(user !== undefined && { 'emporium-development-user': user }),
  });

/** The code with which the router refuses another subscription of this viewer. */
const refusedWith = async (router: StreamingRouter, user?: string): Promise<unknown> => {
  using stream = await subscribe(router, user);
  const text = await stream.until('complete');
  return JSON.parse(/data: (.*)/.exec(text)?.[1] ?? '').errors[0].extensions.code;
};

test('of one user, whose places no one else takes', async () => {
  await using router = await startStreamingRouter({ maxSubscriptionsPerViewer: 2 });
  using _first = await subscribe(router, 'user_1');
  using _second = await subscribe(router, 'user_1');
  expect(await refusedWith(router, 'user_1')).toBe('TOO_MANY_SUBSCRIPTIONS');
  using _other = await subscribe(router, 'user_2');
  using _guest = await subscribe(router);
  expect(router.started).toHaveLength(4);
});

test('of the guests of one address', async () => {
  await using router = await startStreamingRouter({ maxSubscriptionsPerViewer: 1 });
  using _first = await subscribe(router);
  expect(await refusedWith(router)).toBe('TOO_MANY_SUBSCRIPTIONS');
});

test('of the process', async () => {
  await using router = await startStreamingRouter({ maxSubscriptions: 1 });
  using _first = await subscribe(router, 'user_1');
  expect(await refusedWith(router, 'user_2')).toBe('SUBSCRIPTIONS_EXHAUSTED');
});

test('of one WebSocket, whatever its operations are', async () => {
  await using router = await startStreamingRouter({ maxOperationsPerWebSocket: 1 });
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  socket.subscribe('1', SUBSCRIPTION);
  const prices = await router.prices();
  socket.subscribe('2', QUERY);
  expect(await socket.next()).toMatchObject({
    type: 'error',
    id: '2',
    payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }],
  });
  prices.end();
  expect(await socket.next()).toMatchObject({ type: 'complete', id: '1' });
  socket.subscribe('2', QUERY);
  expect(await socket.next()).toMatchObject({ type: 'next', id: '2' });
});

test('of WebSockets', async () => {
  await using router = await startStreamingRouter({ maxWebSockets: 1 });
  {
    await using _socket = await openSocket(router.socketUrl);
    await expect(openSocket(router.socketUrl)).rejects.toThrow('503');
  }
  await using _socket = await openSocket(router.socketUrl);
});

test('other operations take no place', async () => {
  await using router = await startStreamingRouter({ maxSubscriptions: 0 });
  using query = await openRawStream(router.url, QUERY, { accept: 'application/json' });
  expect(query.status).toBe(200);
  using deferred = await openRawStream(router.url, DEFERRED, { accept: DEFERRED_PARTS });
  expect(deferred.status).toBe(200);
});

/** By what happens: the ways on which a subscription ends. */
const WAYS_OUT: Readonly<Record<string, (router: StreamingRouter) => Promise<void>>> = {
  'it is complete': async (router) => {
    using stream = await subscribe(router);
    (await router.prices()).end();
    await stream.toEnd();
  },
  'it fails': async (router) => {
    using stream = await subscribe(router);
    (await router.prices()).fail(refusal('SUBGRAPH_UNAVAILABLE'));
    await stream.toEnd();
  },
  'its client hangs up': async (router) => {
    using stream = await subscribe(router);
    const prices = await router.prices();
    stream.leave();
    await prices.closed;
  },
  'its WebSocket completes it': async (router) => {
    await using socket = await openSocket(router.socketUrl);
    await socket.init();
    socket.subscribe('1', SUBSCRIPTION);
    const prices = await router.prices();
    socket.send({ type: 'complete', id: '1' });
    await prices.closed;
  },
  'its WebSocket breaks off': async (router) => {
    await using socket = await openSocket(router.socketUrl);
    await socket.init();
    socket.subscribe('1', SUBSCRIPTION);
    const prices = await router.prices();
    socket.raw.terminate();
    await prices.closed;
  },
};

test.each(Object.entries(WAYS_OUT))('a place is free again when %s', async (_how, end) => {
  await using router = await startStreamingRouter({ maxSubscriptions: 1 });
  for (let round = 0; round < 3; round += 1) await end(router);
  using _stream = await subscribe(router);
  expect(await refusedWith(router)).toBe('SUBSCRIPTIONS_EXHAUSTED');
});

test('a place is free again when its source cannot be opened', async () => {
  let failing = true;
  await using router = await startStreamingRouter(
    { maxSubscriptions: 1 },
    {
      beforeStart: async () => {
        if (failing) throw refusal('SUBGRAPH_UNAVAILABLE');
      },
    },
  );
  expect(await refusedWith(router)).toBe('SUBGRAPH_UNAVAILABLE');
  failing = false;
  using _stream = await subscribe(router);
  expect(router.started).toHaveLength(2);
  expect(await refusedWith(router)).toBe('SUBSCRIPTIONS_EXHAUSTED');
});
