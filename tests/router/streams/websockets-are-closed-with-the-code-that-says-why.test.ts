import { expect, test } from 'vitest';
import { openSocket, type TestSocket } from '../../kit/socket.ts';
import { QUERY, startStreamingRouter } from '../../kit/streaming-router.ts';

const SUBSCRIBE = { type: 'subscribe', id: '1', payload: { query: QUERY } };

/** What the socket of a client does, by the code that it is closed with. */
const MISTAKES: readonly (readonly [string, number, (socket: TestSocket) => unknown])[] = [
  ['text that is no JSON', 4400, ({ raw }) => raw.send('{')],
  ['JSON that is no message', 4400, ({ raw }) => raw.send('[1]')],
  ['a message of no known type', 4400, ({ send }) => send({ type: '__proto__' })],
  ['bytes', 4400, ({ raw }) => raw.send(Buffer.from([0xff, 0xfe, 0x00]))],
  ['an operation without its text', 4400, ({ send }) => send({ ...SUBSCRIBE, payload: {} })],
  ['an operation before connection_init', 4401, ({ send }) => send(SUBSCRIBE)],
  [
    'two connection_init',
    4429,
    ({ send }) => {
      send({ type: 'connection_init' });
      send({ type: 'connection_init' });
    },
  ],
  ['a message over the limit', 1009, ({ raw }) => raw.send(' '.repeat(102_401))],
];

test.each(MISTAKES)('%s: %d', async (_what, code, act) => {
  await using router = await startStreamingRouter();
  await using socket = await openSocket(router.socketUrl);
  act(socket);
  const [closedWith] = await socket.closed;
  expect(closedWith).toBe(code);
});

test.each([
  ['a text frame that is no UTF-8', 1007, [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]],
  ['a frame of a kind that does not exist', 1002, [0x8f, 0x80, 0, 0, 0, 0]],
])('%s: %d', async (_what, code, bytes) => {
  await using router = await startStreamingRouter();
  await using socket = await openSocket(router.socketUrl);
  // Past `ws`, which would not send it.
  Reflect.get(socket.raw, '_socket').write(Buffer.from(bytes));
  const [closedWith] = await socket.closed;
  expect(closedWith).toBe(code);
  await using other = await openSocket(router.socketUrl);
  await other.init();
});

test('another subprotocol: 4406', async () => {
  await using router = await startStreamingRouter();
  const opening = openSocket(router.socketUrl, { protocol: 'graphql-ws' });
  // The client itself gives up on a server that chose none of its protocols.
  await expect(opening).rejects.toThrow('no subprotocol');
});

test('no connection_init in time: 4408', async () => {
  await using router = await startStreamingRouter({ webSocketInitTimeoutMs: 50 });
  await using socket = await openSocket(router.socketUrl);
  const [code] = await socket.closed;
  expect(code).toBe(4408);
});

test('an operation under the id of a live one: 4409', async () => {
  await using router = await startStreamingRouter();
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  const query = 'subscription { priceChanged(id: "p1") { id } }';
  socket.subscribe('1', query);
  const prices = await router.prices();
  socket.subscribe('1', query);
  const [code] = await socket.closed;
  expect(code).toBe(4409);
  await prices.closed;
});

test('a client that answers no ping is cut off', async () => {
  await using router = await startStreamingRouter({ heartbeatMs: 20 });
  await using socket = await openSocket(router.socketUrl);
  socket.raw.pause();
  await expect.poll(router.connections, { timeout: 30_000 }).toBe(0);
});

test('a client that answers is left alone', async () => {
  await using router = await startStreamingRouter({ heartbeatMs: 20 });
  await using socket = await openSocket(router.socketUrl);
  await socket.init();
  for (let pings = 0; pings < 10; pings += 1) {
    await new Promise((resolve) => socket.raw.once('ping', resolve));
  }
  socket.send(SUBSCRIBE);
  expect(await socket.next()).toMatchObject({ type: 'next' });
});
