import type { Server } from 'node:http';

/**
 * Closes a Fastify server once it has answered what it had begun. Node closes the connections that
 * are idle when it is told to; those that become idle later, kept alive by their clients, would hold
 * the process for as long as they like.
 */
export const drain = async (fastify: {
  readonly server: Server;
  readonly close: () => PromiseLike<unknown>;
}): Promise<void> => {
  const sweep = setInterval(() => fastify.server.closeIdleConnections(), 50);
  try {
    await fastify.close();
  } finally {
    clearInterval(sweep);
  }
};
