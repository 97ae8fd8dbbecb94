import type { IncomingMessage } from 'node:http';
import { CloseCode } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import { createDeparture } from '../execution/departure.ts';
import type { Front } from './front.ts';
import type { Protocol } from './transport-ws.ts';

/** One WebSocket and what is under way on it. */
export interface Session {
  /** Closes it with 1001, once it has nothing under way. */
  readonly close: () => void;
}

/** So many heartbeats long a WebSocket may give no sign of life. */
const HEARTBEATS_WITHOUT_LIFE = 3;

/** Past so much that the client has not read, nothing more is read from it, in bytes. */
const MAX_UNREAD_BYTES = 1_048_576;

const GOING_AWAY = 1001;

/** Joins a WebSocket to the protocol that is spoken on it. */
export const openSession = (
  socket: WebSocket,
  request: IncomingMessage,
  protocol: Protocol,
  { log, settings }: Front,
): Session => {
  let underWay = 0;
  let closing = false;
  const departure = createDeparture();

  const closeWhenDone = (): void => {
    if (closing && underWay === 0) socket.close(GOING_AWAY, 'Going away');
  };

  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) =>
        socket.on('message', async (data: RawData) => {
          underWay += 1;
          try {
            // Resolves when the operation that the message asks for is over.
            await take(String(data));
          } catch (error) {
            log.error({ err: error }, 'a WebSocket message could not be handled');
            socket.close(CloseCode.InternalServerError, 'Internal server error');
          }
          underWay -= 1;
          closeWhenDone();
        }),
    },
    { request, departure },
  );

  restrain(socket);
  const stopBeating = keepAlive(socket, settings.heartbeatMs);
  // Frames that are none: `ws` closes with the code that says so.
  socket.on('error', (error) => log.debug({ err: error }, 'WebSocket failed'));
  socket.once('close', (code, reason) => {
    stopBeating();
    departure.leave();
    void closed(code, String(reason));
  });
  return {
    close: () => {
      closing = true;
      closeWhenDone();
    },
  };
};

/**
 * Resolves when the text is on its way, so that whoever sends is held to the pace of the client. Where
 * the client is gone there is nobody to tell; `close` follows.
 */
const send = (socket: WebSocket, text: string): Promise<void> =>
  new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    socket.send(text, () => {
      resumeWhenRead(socket);
      resolve();
    });
  });

/** A client that asks and asks and reads no answer is not listened to, until it has read. */
const restrain = (socket: WebSocket): void => {
  const pauseWhenFull = (): void => {
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.pause();
  };
  socket.on('message', pauseWhenFull);
  socket.on('ping', pauseWhenFull);
};

const resumeWhenRead = (socket: WebSocket): void => {
  if (socket.isPaused && socket.bufferedAmount < MAX_UNREAD_BYTES) socket.resume();
};

/** Pings, and cuts off a client that neither says nor reads anything. */
const keepAlive = (socket: WebSocket, heartbeatMs: number): (() => void) => {
  let silent = 0;
  let unread = 0;
  const alive = (): void => {
    silent = 0;
  };
  socket.on('pong', alive).on('ping', alive).on('message', alive);

  const beat = setInterval(() => {
    resumeWhenRead(socket);
    if (socket.bufferedAmount < unread) alive();
    unread = socket.bufferedAmount;
    if (silent >= HEARTBEATS_WITHOUT_LIFE) return socket.terminate();
    silent += 1;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, heartbeatMs);
  return () => clearInterval(beat);
};
