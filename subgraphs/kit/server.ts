import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import type { OperationDefinitionNode } from 'graphql';
import { ERRORS } from '../../contract/errors.ts';
import { verifyRequest } from '../../contract/signature.ts';
import type { Caller } from '../../contract/viewer.ts';
import { drain } from '../../process/drain.ts';
import type { Running } from '../../process/lifecycle.ts';
import type { Logger } from '../../process/log.ts';
import type { DatabaseOptions } from './database.ts';
import { clientError } from './errors.ts';
import { asksForEvents, eventStreams } from './event-stream.ts';
import { presentError } from './present-error.ts';
import type { SubgraphSettings } from './settings.ts';
import type { SubgraphFactory } from './subgraph.ts';

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
  const subgraph = await factory.create(settings, log, options);
  const apollo = new ApolloServer<Context>({
    schema: subgraph.schema,
    // Whoever can sign is the router, which guards introspection and CSRF for all of them.
    introspection: true,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    logger: log,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => presentError(formatted, error, log),
    plugins: [{ requestDidStart: async () => ({ didResolveOperation: refuseSubscription }) }],
  });
  await apollo.start();

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
      preHandler: async (request, reply) => {
        const caller = callers(request);
        if (!asksForEvents(request)) return;
        await serveEvents(request, reply, caller);
        return reply;
      },
    },
    fastifyApolloHandler(apollo, {
      context: async (request) => subgraph.context(callers(request)),
    }),
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

  const url = await server.listen({ host: settings.host, port: settings.port });
  return {
    url,
    stop: async () => {
      await drain(server);
      await apollo.stop();
      await subgraph.close();
    },
  };
};

/** Apollo would run it as a query. */
const refuseSubscription = async ({
  operation,
}: {
  readonly operation?: OperationDefinitionNode;
}): Promise<void> => {
  if (operation?.operation !== 'subscription') return;
  throw clientError('BAD_REQUEST', 'Ask for subscriptions with `accept: text/event-stream`.');
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

/** What went wrong before GraphQL began, in the words of the catalogue. */
const presentHttpErrors = (server: FastifyInstance, log: Logger): void => {
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error, url: request.url }, 'unexpected error');
    const code =
      status === 403 ? 'FORBIDDEN' : status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
    const message = error instanceof UnsignedRequest ? error.message : ERRORS[code].message;
    return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
  });
};

class UnsignedRequest extends Error {
  readonly statusCode = 403;

  constructor(refusal: string) {
    super(`This service answers the router only (signature ${refusal}).`);
  }
}
