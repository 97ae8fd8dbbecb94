import type { ServerResponse } from 'node:http';
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
      for (const response of open.keys()) response.destroy();
    },
  };
};

const writeBody = async (
  response: ServerResponse,
  { pieces, heartbeat, cancel }: StreamedBody,
  heartbeatMs: number,
): Promise<void> => {
  // The client may have left while the first result was made.
  if (response.closed || response.destroyed) return cancel();
  const closed = new Promise((resolve) => response.once('close', resolve));
  response.once('close', cancel).on('error', cancel);
  const beat = setInterval(() => {
    if (heartbeat !== null && !response.writableNeedDrain) response.write(heartbeat);
  }, heartbeatMs);
  try {
    for await (const piece of pieces) {
      if (response.destroyed) break;
      if (!response.write(piece)) await drained(response, heartbeatMs);
    }
  } finally {
    clearInterval(beat);
    limitStall(response, heartbeatMs);
    response.end();
  }
  await closed;
};

/** Waits until the client has read what was written, or is gone. */
const drained = (response: ServerResponse, heartbeatMs: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      response.socket?.setTimeout(0);
      resolve();
    };
    response.on('drain', done).on('close', done);
    limitStall(response, heartbeatMs);
  });

/** Node destroys a socket on which nothing moves for so long. */
const limitStall = ({ socket }: ServerResponse, heartbeatMs: number): void => {
  socket?.setTimeout(HEARTBEATS_WITHOUT_READING * heartbeatMs);
};
