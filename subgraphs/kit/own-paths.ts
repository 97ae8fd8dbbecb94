import { fastify } from 'fastify';
import { prepareDrain } from '../../process/drain.ts';
import type { Running } from '../../process/lifecycle.ts';
import type { Logger } from '../../process/log.ts';
import { presentHttpErrors } from './http-errors.ts';
import type { OpenSubgraph } from './open.ts';

/**
 * Serves the paths that a subgraph has of its own, such as `/media`, and nothing else: for a subgraph
 * that is asked for GraphQL in its own process. It listens on a free port of this machine, so that
 * the router streams these paths in the same way wherever the subgraph runs.
 *
 * @returns null where it has no such paths
 */
export const serveOwnPaths = async (
  { routes }: OpenSubgraph,
  log: Logger,
): Promise<Running | null> => {
  if (routes === undefined) return null;
  const server = fastify({ forceCloseConnections: 'idle', logger: false });
  presentHttpErrors(server, log);
  routes(server);
  const stop = prepareDrain(server);
  return { url: await server.listen({ host: '127.0.0.1', port: 0 }), stop };
};
