import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ErrorCode } from '../../contract/errors.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { respondRefused } from '../stages/respond.ts';
import type { Front } from './front.ts';
import { mayConnect } from './origins.ts';
import { openSession, type Session } from './session.ts';
import { createProtocol } from './transport-ws.ts';

/** The WebSockets that are open. */
export interface WebSockets {
  /** Takes no more, and closes each with 1001 once it has nothing under way. */
  readonly close: () => void;
  /** Resolves when those that are open now are closed. */
  readonly settled: () => Promise<unknown>;
  /** Cuts off whoever is left. */
  readonly destroy: () => void;
}

/** Lets clients open WebSockets at `/graphql`, for the subprotocol graphql-transport-ws. */
export const acceptWebSockets = (server: Server, front: Front): WebSockets => {
  const { settings, observer, clientAddress } = front;
  const protocol = createProtocol(front, () => closing);
  const sessions = new Set<Session>();
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: settings.maxBodyBytes,
    handleProtocols,
  });
  let closing = false;

  const reasonAgainst = (request: IncomingMessage): ErrorCode | null => {
    if (closing) return 'SHUTTING_DOWN';
    if (!/^\/graphql(\?|$)/.test(request.url ?? '')) return 'NOT_FOUND';
    if (!mayConnect(request, settings)) return 'FORBIDDEN';
    return sockets.clients.size < settings.maxWebSockets ? null : 'TOO_MANY_CONNECTIONS';
  };

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!/^websocket$/i.test(request.headers.upgrade ?? '')) {
      return ignoreUpgrade(server, request, socket, head);
    }
    const code = reasonAgainst(request);
    if (code !== null) {
      const limit = code === 'TOO_MANY_CONNECTIONS' ? 'MAX_WEBSOCKETS' : null;
      const refused = refusal(code, undefined, { limit });
      observer.turnedAway(refused, clientAddress(request));
      return refuse(socket, refused);
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const session = openSession(webSocket, request, protocol, front);
      sessions.add(session);
      observer.webSockets(1);
      webSocket.once('close', () => {
        sessions.delete(session);
        observer.webSockets(-1);
      });
    });
  });

  return {
    close: () => {
      closing = true;
      for (const session of sessions) session.close();
    },
    settled: () => Promise.all([...sockets.clients].map(closed)),
    destroy: () => {
      for (const webSocket of sockets.clients) webSocket.terminate();
    },
  };
};

const closed = (webSocket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => webSocket.once('close', resolve));

/** Answers what asked for a WebSocket as HTTP, and hangs up. */
const refuse = (socket: Duplex, refused: Refusal): void => {
  const { status, headers, body } = respondRefused(refused, 'application/json');
  const text = String(body);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ];
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`);
};

/**
 * Serves a request that asks for another protocol than WebSocket, such as HTTP/2 (curl and Java do),
 * as the HTTP/1.1 that it is: a server that upgrades at all is handed all such requests by Node, so
 * this one goes in again without the wish.
 */
const ignoreUpgrade = (
  server: Server,
  { method, url, httpVersion, rawHeaders }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void => {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!/^(upgrade|connection|http2-settings)$/i.test(name)) {
      lines.push(`${name}: ${rawHeaders[index + 1]}`);
    }
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
};
