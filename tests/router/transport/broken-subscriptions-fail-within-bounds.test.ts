import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { SubscriptionSettings } from '../../../router/transport/protocol.ts';
import {
  type Peer,
  PROTOCOLS,
  type ProtocolName,
  startPeer,
  startServer,
  startSubscriber,
} from './arrange.ts';

const EVENT = { data: { count: 1 } };

/** Large enough for the buffers of a connection to hold a few only. */
const LARGE = { data: { text: 'x'.repeat(500_000) } };

/** The events that came, and the code of the failure after them. */
const outcome = async (
  protocol: ProtocolName,
  behave: (peer: Peer) => void,
  overrides: Partial<SubscriptionSettings> = {},
): Promise<unknown[]> => {
  await using peer = await startPeer(protocol, behave);
  await using router = await startSubscriber(peer.url, overrides);
  const came: unknown[] = [];
  try {
    for await (const event of router.subscribe()) came.push(event);
    return [...came, 'the end'];
  } catch (error) {
    return [...came, Object(error).code];
  }
};

describe.each(PROTOCOLS)('over %s', (protocol) => {
  test('a subgraph that dies in the middle gives SUBGRAPH_UNAVAILABLE', async () => {
    const behave = async (peer: Peer) => {
      await peer.event(EVENT);
      await sleep(50);
      peer.die();
    };
    expect(await outcome(protocol, behave)).toEqual([EVENT, 'SUBGRAPH_UNAVAILABLE']);
  });

  test('a subgraph that falls silent gives SUBGRAPH_TIMEOUT', async () => {
    const behave = (peer: Peer) => void peer.event(EVENT);
    expect(await outcome(protocol, behave, { subgraphSilenceTimeoutMs: 500 })).toEqual([
      EVENT,
      'SUBGRAPH_TIMEOUT',
    ]);
  });

  test('heartbeats keep a subscription that has nothing to tell', async () => {
    const heartbeat = protocol === 'sse' ? ':\n\n' : '{"type":"ping"}';
    const behave = async (peer: Peer) => {
      for (let beats = 0; beats < 20; beats += 1) {
        peer.say(heartbeat);
        await sleep(100);
      }
      await peer.event(EVENT);
      peer.die();
    };
    expect(await outcome(protocol, behave, { subgraphSilenceTimeoutMs: 1_000 })).toEqual([
      EVENT,
      'SUBGRAPH_UNAVAILABLE',
    ]);
  });

  test.each([1_000, 100_000])(
    'an event of %i bytes too many gives SUBGRAPH_RESPONSE_TOO_LARGE',
    async (bytes) => {
      const behave = (peer: Peer) => void peer.event({ data: { text: 'x'.repeat(bytes) } });
      expect(await outcome(protocol, behave, { subgraphMaxResponseBytes: 1_000 })).toEqual([
        'SUBGRAPH_RESPONSE_TOO_LARGE',
      ]);
    },
  );

  test.each([
    [['no result']],
    [{ data: ['no', 'object'] }],
    [{ errors: 'no list' }],
    ['no object'],
  ])('an event of %j gives SUBGRAPH_UNAVAILABLE', async (nonsense) => {
    const behave = (peer: Peer) => void peer.event(nonsense);
    expect(await outcome(protocol, behave)).toEqual(['SUBGRAPH_UNAVAILABLE']);
  });

  test('a subgraph that never answers gives SUBGRAPH_TIMEOUT', async () => {
    await using server = await startServer(() => {});
    // Takes the connection for good, and says nothing.
    server.server.on('upgrade', () => {});
    const scheme = protocol === 'sse' ? 'http' : 'ws';
    await using router = await startSubscriber(`${scheme}://127.0.0.1:${server.port}/graphql`, {
      subgraphTimeoutMs: 200,
      subgraphConnectTimeoutMs: 200,
    });
    await expect(router.subscribe().next()).rejects.toMatchObject({ code: 'SUBGRAPH_TIMEOUT' });
  });

  test('a subgraph that is not there gives SUBGRAPH_UNAVAILABLE', async () => {
    const scheme = protocol === 'sse' ? 'http' : 'ws';
    await using router = await startSubscriber(`${scheme}://127.0.0.1:1/graphql`);
    await expect(router.subscribe().next()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  });

  test('a page of a proxy instead of an answer gives SUBGRAPH_UNAVAILABLE', async () => {
    const page = '<html>502 Bad Gateway at 10.0.0.7</html>';
    await using server = await startServer((_request, response) =>
      response.writeHead(502).end(page),
    );
    const scheme = protocol === 'sse' ? 'http' : 'ws';
    await using router = await startSubscriber(`${scheme}://127.0.0.1:${server.port}/graphql`);
    await expect(router.subscribe().next()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  });

  test('whoever asks slowly makes the subgraph wait, and loses nothing by it', async () => {
    let sent = 0;
    const behave = async (peer: Peer) => {
      let isClosed = false;
      peer.closed.then(() => (isClosed = true));
      for (; !isClosed; sent += 1) {
        await peer.event({ ...LARGE, extensions: { sent } });
        await setImmediate();
      }
    };
    await using peer = await startPeer(protocol, behave);
    await using router = await startSubscriber(peer.url, { subgraphSilenceTimeoutMs: 500 });
    const events = router.subscribe();
    await events.next();
    let before = -1;
    while (sent > before) {
      before = sent;
      await sleep(1_000);
    }
    expect(sent).toBeLessThan(60);
    for (let number = 1; number < 100; number += 1) {
      expect((await events.next()).value?.extensions).toEqual({ sent: number });
    }
    await events.return();
  });
});

test('over sse, an event without an end gives SUBGRAPH_RESPONSE_TOO_LARGE', async () => {
  const behave = (peer: Peer) => peer.say(`event: next\ndata: ${'x'.repeat(100_000)}`);
  expect(await outcome('sse', behave, { subgraphMaxResponseBytes: 1_000 })).toEqual([
    'SUBGRAPH_RESPONSE_TOO_LARGE',
  ]);
});
