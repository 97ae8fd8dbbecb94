import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Prepares a Fastify server, before it listens, to be closed once it has answered what it had begun.
 *
 * Node does that itself, with two faults: it takes a connection for idle whose answer is written but
 * not read yet by its client, and cuts the answer off; and it leaves those open that become idle
 * later, kept alive by their clients, which would hold the process for as long as they like.
 */
export const prepareDrain = (fastify: {
  readonly server: Server;
  readonly close: () => PromiseLike<unknown>;
}): (() => Promise<void>) => {
  const { server } = fastify;
  const busy = new Map<Socket, ServerResponse>();
  const idle = new Set<Socket>();

  server.on('connection', (socket: Socket) => {
    idle.add(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    idle.delete(socket);
    busy.set(socket, response);
    response.once('close', () => {
      // The next request of the connection may be here already.
      if (busy.get(socket) !== response) return;
      busy.delete(socket);
      if (!socket.destroyed) idle.add(socket);
    });
  });
  // Who took a connection over closes it too.
  server.on('upgrade', (_request, socket: Socket) => idle.delete(socket));

  // Called by Node and by Fastify as they close.
  server.closeIdleConnections = () => {
    // After what is written to them.
    for (const socket of idle) socket.destroySoon();
  };

  return async () => {
    for (const [socket, response] of busy) {
      // Where the head is not written yet, it says so.
      response.shouldKeepAlive = false;
      response.once('close', () => socket.destroySoon());
    }
    await fastify.close();
  };
};
