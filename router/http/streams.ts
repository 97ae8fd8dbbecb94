import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { StreamedBody } from '../exchange.ts';

/** The streamed bodies that are being written. */
export interface Streams {
  /** Writes a body to its end. Resolves when the response is closed. */
  readonly write: (response: ServerResponse, body: StreamedBody) => Promise<void>;
  /** Resolves when those that are open now are closed. */
  readonly settled: () => Promise<unknown>;
  /** Cuts off whoever is left. */
  readonly destroy: () => void;
}

/** So many heartbeats long a client may take nothing of what is written before it is cut off. */
const HEARTBEATS_WITHOUT_READING = 6;

export const createStreams = ({ heartbeatMs }: { readonly heartbeatMs: number }): Streams => {
  const open = new Map<ServerResponse, Promise<void>>();
  return {
    write: (response, body) => {
      const written = writeBody(response, body, heartbeatMs).finally(() => open.delete(response));
      open.set(response, written);
      return written;
    },
    settled: () => Promise.allSettled(open.values()),
    destroy: () => {
      for (const { req } of open.keys()) req.socket.destroy();
    },
  };
};

const writeBody = async (
  response: ServerResponse,
  { pieces, heartbeat, cancel }: StreamedBody,
  heartbeatMs: number,
): Promise<void> => {
  // Of the request, because a response that waits for an earlier one on its connection has none.
  const { socket } = response.req;
  // The client may have left while the first result was made.
  if (socket.destroyed) return cancel();

  let unread = 0;
  let goOn = (): void => {};
  /** Resolves when the client has taken the piece, or is gone; only then the next one is asked for. */
  const write = (piece: string): Promise<void> =>
    new Promise((resolve) => {
      goOn = resolve;
      unread += 1;
      limitStall(socket, heartbeatMs);
      response.write(piece, () => {
        unread -= 1;
        if (unread === 0) socket.setTimeout(0);
        resolve();
      });
    });
  const leave = (): void => {
    cancel();
    goOn();
  };
  socket.once('close', leave);
  response.on('error', leave);
  const beat = setInterval(() => {
    if (heartbeat !== null && unread === 0) void write(heartbeat);
  }, heartbeatMs);

  try {
    for await (const piece of pieces) {
      if (socket.destroyed) break;
      await write(piece);
    }
  } finally {
    clearInterval(beat);
    await end(response, socket, heartbeatMs);
    socket.off('close', leave);
  }
};

/** Resolves when the client has taken the end, or is gone. */
const end = (response: ServerResponse, socket: Socket, heartbeatMs: number): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) return resolve();
    socket.once('close', resolve);
    response.once('close', () => {
      socket.off('close', resolve);
      resolve();
    });
    limitStall(socket, heartbeatMs);
    response.end();
  });

/** Node destroys a socket on which nothing moves for so long. */
const limitStall = (socket: Socket, heartbeatMs: number): void => {
  socket.setTimeout(HEARTBEATS_WITHOUT_READING * heartbeatMs);
};
