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
  /**
   * The last response of each connection. Looked at when the server closes, and not kept up as responses
   * end: a table that changes with every request costs more than the rest of this.
   */
  const connections = new Map<Socket, { response: ServerResponse | null }>();

  server.on('connection', (socket: Socket) => {
    connections.set(socket, { response: null });
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(socket);
    if (connection !== undefined) connection.response = response;
  });
  // Who took a connection over closes it too.
  server.on('upgrade', (_request, socket: Socket) => connections.delete(socket));

  // Called by Node and by Fastify as they close.
  server.closeIdleConnections = () => {
    for (const [socket, { response }] of connections) {
      if (response === null || response.writableFinished) socket.destroySoon();
    }
  };

  return async () => {
    for (const [socket, { response }] of connections) {
      if (response === null || response.writableFinished) continue;
      // Where the head is not written yet, it says so.
      response.shouldKeepAlive = false;
      response.once('close', () => socket.destroySoon());
    }
    await fastify.close();
  };
};
