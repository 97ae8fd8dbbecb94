import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import { verifyRequest } from '../../contract/signature.ts';
import type { Caller } from '../../contract/viewer.ts';
import { prepareDrain } from '../../process/drain.ts';
import type { Running } from '../../process/lifecycle.ts';
import type { Logger } from '../../process/log.ts';
import { openTracing } from '../../process/open-tracing.ts';
import type { DatabaseOptions } from './database.ts';
import { asksForEvents, eventStreams } from './event-stream.ts';
import { presentHttpErrors, UnsignedRequest } from './http-errors.ts';
import { openSubgraph } from './open.ts';
import type { SubgraphSettings } from './settings.ts';
import type { SubgraphFactory } from './subgraph.ts';
import { traceRequest, traceStatement } from './tracing.ts';

/** Entity fetches carry a representation for each entity, so bodies are larger than a client's. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * Puts a subgraph behind HTTP:
 *
 *   POST /graphql   only with the router's signature; subscriptions where it accepts an event stream
 *   GET  /health    the process lives
 *   GET  /ready     its database answers, and it is not stopping
 *
 * and whatever paths the subgraph has of its own.
 */
export const startSubgraph = async <Context extends object>(
  factory: SubgraphFactory<Context>,
  settings: SubgraphSettings,
  log: Logger,
  options: DatabaseOptions = {},
): Promise<Running> => {
  // What is traced is for the router to decide.
  const tracing = await openTracing(factory.name, { ...settings, tracesShare: 0 });
  const subgraph = await openSubgraph(factory, settings, log, {
    ...options,
    ...(tracing !== null && { traceStatement }),
  });
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: 'idle',
    logger: false,
  });
  presentHttpErrors(server, log);
  const callers = requireSignature(server, settings.signingSecret, factory.name);
  const serveEvents = eventStreams(server, subgraph, log);
  server.post(
    '/graphql',
    {
      preHandler: [
        async (request, reply) => {
          const caller = callers(request);
          if (!asksForEvents(request)) return;
          await serveEvents(request, reply, caller);
          return reply;
        },
        ...(tracing === null ? [] : [traceRequest(tracing)]),
      ],
    },
    subgraph.httpHandler(callers),
  );
  server.get('/health', async () => ({ status: 'up' }));
  server.get('/ready', async (_request, reply) => {
    try {
      await subgraph.ready();
      return { status: 'ready' };
    } catch (error) {
      log.warn({ err: error }, 'not ready');
      return reply.code(503).send({ status: 'not ready' });
    }
  });
  subgraph.routes?.(server);

  const drain = prepareDrain(server);
  const url = await server.listen({ host: settings.host, port: settings.port });
  return {
    url,
    stop: async (idleGraceMs) => {
      await drain(idleGraceMs);
      await subgraph.close();
      await tracing?.close();
    },
  };
};

/**
 * Refuses GraphQL bodies that the router did not sign, before they are parsed; gives back the way
 * to the caller of a request that was let through.
 */
const requireSignature = (
  server: FastifyInstance,
  secret: string,
  audience: string,
): ((request: FastifyRequest) => Caller) => {
  const callers = new WeakMap<FastifyRequest, Caller>();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    '*',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const verdict = verifyRequest(secret, audience, request.headers, body);
      if (!verdict.accepted) throw new UnsignedRequest(verdict.refusal);
      callers.set(request, verdict.caller);
      return JSON.parse(body.toString());
    },
  );
  return (request) => {
    const caller = callers.get(request);
    // A POST without a body never meets the parser above.
    if (caller === undefined) throw new UnsignedRequest('missing');
    return caller;
  };
};
