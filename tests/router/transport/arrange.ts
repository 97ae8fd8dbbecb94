import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { GUEST } from '../../../contract/viewer.ts';
import { readRouterSettings } from '../../../router/settings.ts';
import type { SubscriptionSettings } from '../../../router/transport/protocol.ts';
import {
  createSubscriber,
  createSubscriptionConnections,
  type SubgraphEvents,
} from '../../../router/transport/subscribe.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { TEST_SECRET } from '../../kit/secret.ts';

export const PROTOCOLS = ['sse', 'graphql-ws'] as const;
export type ProtocolName = (typeof PROTOCOLS)[number];

/** An HTTP server on a free port. */
export interface SmallServer extends AsyncDisposable {
  readonly server: Server;
  readonly port: number;
  /** Breaks every connection, as a process does that dies. */
  readonly breakConnections: () => void;
}

export const startServer = async (listener?: RequestListener): Promise<SmallServer> => {
  const server = createServer(listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const breakConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    port: (server.address() as AddressInfo).port,
    breakConnections,
    [Symbol.asyncDispose]: async () => {
      server.close();
      breakConnections();
    },
  };
};

/** A subgraph’s end of one subscription that has begun. */
export interface Peer {
  /** Resolves when the event has left this process. */
  readonly event: (result: unknown) => Promise<void>;
  /** Something that is no event. */
  readonly say: (text: string) => void;
  readonly die: () => void;
  /** Resolves when the router has closed the connection. */
  readonly closed: Promise<unknown>;
}

/** A server that begins every subscription and then does as it is told. */
export interface TestPeer extends AsyncDisposable {
  readonly url: string;
}

export const startPeer = (
  protocol: ProtocolName,
  behave: (peer: Peer) => void,
): Promise<TestPeer> => (protocol === 'sse' ? startSsePeer(behave) : startWebSocketPeer(behave));

const startSsePeer = (behave: (peer: Peer) => void): Promise<TestPeer> =>
  withCleanup(async ({ use }) => {
    const { port } = use(
      await startServer((request, response) => {
        request.resume();
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        const write = (text: string) =>
          new Promise<void>((resolve) => response.write(text, () => resolve()));
        behave({
          event: (result) => write(`event: next\ndata: ${JSON.stringify(result)}\n\n`),
          say: (text) => void write(text),
          die: () => request.socket.destroy(),
          closed: once(response, 'close'),
        });
      }),
    );
    return { url: `http://127.0.0.1:${port}/graphql` };
  });

const startWebSocketPeer = (behave: (peer: Peer) => void): Promise<TestPeer> =>
  withCleanup(async ({ use }) => {
    const { server, port } = use(await startServer());
    new WebSocketServer({ server }).on('connection', (socket) => {
      const send = (text: string) =>
        new Promise<void>((resolve) => socket.send(text, () => resolve()));
      socket.on('message', (text) => {
        const { type } = JSON.parse(String(text));
        if (type === 'connection_init') void send('{"type":"connection_ack"}');
        if (type !== 'subscribe') return;
        behave({
          event: (payload) => send(JSON.stringify({ id: '1', type: 'next', payload })),
          say: (said) => void send(said),
          die: () => socket.terminate(),
          closed: once(socket, 'close'),
        });
      });
    });
    return { url: `ws://127.0.0.1:${port}/graphql` };
  });

/** The router’s way to one subgraph. */
export interface TestSubscriber extends AsyncDisposable {
  readonly subscribe: (query?: string, signal?: AbortSignal) => SubgraphEvents;
}

export const CALLER = { viewer: GUEST, clientAddress: null };

/** What a guest asks who waits to the end. */
export const ASKING = {
  caller: CALLER,
  departure: null,
  takesKept: false,
  journal: null,
  trace: null,
};
export const OPERATION = {
  subgraph: 'shop',
  kind: 'query',
  query: '{ stock }',
  operationName: undefined,
  path: '',
  mayRepeat: true,
  head: '{"query":"{ stock }","variables":',
} as const;

export const startSubscriber = async (
  url: string,
  overrides: Partial<SubscriptionSettings> = {},
): Promise<TestSubscriber> => {
  const settings = { ...readRouterSettings({}), signingSecret: TEST_SECRET, ...overrides };
  const connections = createSubscriptionConnections(settings);
  const subscribe = createSubscriber(settings, { name: 'vault', url }, connections);
  return {
    subscribe: (query = 'subscription { count }', signal = new AbortController().signal) =>
      subscribe(CALLER, { query }, signal),
    [Symbol.asyncDispose]: () => connections.destroy(),
  };
};
