import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Prepares a Fastify server, before it listens, to be closed once it has answered what it had begun.
 *
 * Node does that itself, with two faults: it takes a connection for idle whose answer is written but
 * not read yet by its client, and cuts the answer off; and it leaves those open that become idle
 * later, kept alive by their clients, which would hold the process for as long as they like.
 *
 * @returns what closes it. With an `idleGraceMs` nobody new is let in from then on, and those who are
 *   connected are answered as before, each with word that the connection ends; only who has not asked
 *   again by then, in milliseconds, finds it closed. So a request hardly ever meets a connection that
 *   is just being closed, which it would fail by.
 */
export const prepareDrain = (fastify: {
  readonly server: Server;
  readonly close: () => PromiseLike<unknown>;
}): ((idleGraceMs?: number) => Promise<void>) => {
  const { server } = fastify;
  let closesIdle = true;
  let isLast = false;
  /**
   * The last response of each connection. Looked at when the server closes, and not kept up as responses
   * end: a table that changes with every request costs more than the rest of this.
   */
  const connections = new Map<Socket, { response: ServerResponse | null }>();

  function forget(this: Socket): void {
    connections.delete(this);
  }
  server.on('connection', (socket: Socket) => {
    connections.set(socket, { response: null });
    socket.once('close', forget);
  });
  // Before whoever answers: a head that is written says already whether the connection ends.
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(socket);
    if (connection !== undefined) connection.response = response;
    if (isLast) endBehind(socket, response);
  });
  // Who took a connection over closes it too, or gives it back as one that is new.
  server.on('upgrade', (_request, socket: Socket) => {
    connections.delete(socket);
    socket.off('close', forget);
  });

  // Called by Node and by Fastify as they close.
  server.closeIdleConnections = () => {
    if (!closesIdle) return;
    for (const [socket, { response }] of connections) {
      if (response === null || response.writableFinished) socket.destroySoon();
    }
  };

  const endBehindAnswers = (): void => {
    isLast = true;
    for (const [socket, { response }] of connections) {
      if (response !== null && !response.writableFinished) endBehind(socket, response);
    }
  };
  const leaveTo = async (idleGraceMs: number): Promise<void> => {
    closesIdle = false;
    server.close();
    const over = new AbortController();
    const { signal } = over;
    await Promise.race([once(server, 'close', { signal }), pause(idleGraceMs, null, { signal })]);
    over.abort();
    closesIdle = true;
  };

  return async (idleGraceMs = 0) => {
    endBehindAnswers();
    if (idleGraceMs > 0) await leaveTo(idleGraceMs);
    await fastify.close();
  };
};

/** Where the head is not written yet, it says so. */
const endBehind = (socket: Socket, response: ServerResponse): void => {
  response.shouldKeepAlive = false;
  response.once('close', () => socket.destroySoon());
};
