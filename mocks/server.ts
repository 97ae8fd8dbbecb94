import type { ServerResponse } from 'node:http';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { execute, subscribe } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/fastify';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';
import { type Refusal, verifyRequest } from '../contract/signature.ts';
import { prepareDrain } from '../process/drain.ts';
import type { Running } from '../process/lifecycle.ts';
import type { Logger } from '../process/log.ts';
import type { Mock, MockRequest } from './mock.ts';
import { pictureAt } from './picture.ts';
import type { MockSettings } from './settings.ts';

/** As a subgraph's. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * Puts a mock behind the HTTP that a subgraph has, so that the router cannot tell:
 *
 *   POST /graphql   only with the router's signature; subscriptions where it accepts an event stream
 *   GET  /health    the process lives
 *   GET  /ready     it answers
 *   GET  a picture  a placeholder, whatever the path; every other path is not there
 */
export const startMock = async (
  mock: Mock,
  { host, port, signingSecret, subgraph }: MockSettings,
  log: Logger,
): Promise<Running> => {
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: 'idle',
    logger: false,
  });
  presentErrors(server, log);
  requireSignature(server, signingSecret, subgraph);
  const serveEvents = eventStreams(server, mock);
  server.post<{ Body: MockRequest }>('/graphql', async (request, reply) => {
    // A POST without a body never meets the parser, and so no signature.
    if (request.body === undefined || request.body === null) throw unsigned('missing');
    if (request.headers.accept?.includes('text/event-stream')) return serveEvents(request, reply);
    return mock.execute(request.body);
  });
  server.get('/health', async () => ({ status: 'up' }));
  server.get('/ready', async () => ({ status: 'ready' }));
  server.get('/*', async (request, reply) => {
    const picture = pictureAt(new URL(request.url, 'http://mock').pathname);
    if (picture === null) return reply.callNotFound();
    return reply.type('image/svg+xml').header('cache-control', 'no-store').send(picture);
  });
  server.setNotFoundHandler((_request, reply) => reply.code(404).send(errorOf('NOT_FOUND')));
  const drain = prepareDrain(server);
  return { url: await server.listen({ host, port }), stop: drain };
};

/** Subscriptions as GraphQL over SSE has them. They would never end by themselves: they break when the server drains. */
const eventStreams = (server: FastifyInstance, { schema, resolvers }: Mock) => {
  const open = new Set<ServerResponse>();
  server.addHook('preClose', async () => {
    for (const response of open) response.destroy();
  });
  const handle = createHandler({
    schema,
    execute: (args) => execute({ ...args, ...resolvers }),
    subscribe: (args) => subscribe({ ...args, ...resolvers }),
  });
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    open.add(reply.raw);
    reply.raw.once('close', () => open.delete(reply.raw));
    await handle(request, reply);
  };
};

/** Refuses bodies that the router did not sign, before they are parsed. */
const requireSignature = (server: FastifyInstance, secret: string, audience: string): void => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    '*',
    { parseAs: 'buffer' },
    async ({ headers }: FastifyRequest, body: Buffer) => {
      const verdict = verifyRequest(secret, audience, headers, body);
      if (verdict.accepted) return JSON.parse(body.toString());
      throw unsigned(verdict.refusal);
    },
  );
};

/** As of a subgraph: where clocks are apart, nobody did anything forbidden. */
const unsigned = (refusal: Refusal): Error =>
  Object.assign(new Error(`signature ${refusal}`), {
    statusCode: refusal === 'expired' ? 503 : 403,
  });

const errorOf = (code: ErrorCode) => ({
  errors: [{ message: ERRORS[code].message, extensions: { code } }],
});

const presentErrors = (server: FastifyInstance, log: Logger): void => {
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error, url: request.url }, 'unexpected error');
    const code =
      status === 403 ? 'FORBIDDEN' : status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
    return reply.code(status).send(errorOf(code));
  });
};
