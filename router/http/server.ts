import cors from '@fastify/cors';
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from 'fastify';
import type { ErrorCode } from '../../contract/errors.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { answer, type Router } from '../router.ts';
import { respondRefused } from '../stages/respond.ts';
import { createLive } from '../subscriptions/live.ts';
import { clientAddressBehind } from './client-address.ts';
import type { Front } from './front.ts';
import { graphqlRoute } from './graphql.ts';
import { invalidation } from './invalidation.ts';
import { allowedOrigins } from './origins.ts';
import { pages } from './pages.ts';
import { passThrough } from './pass-through.ts';
import { endStreams } from './shutdown.ts';
import { createStreams } from './streams.ts';
import { acceptWebSockets } from './websockets.ts';

/**
 * The router's front: GraphQL, health, pages for people, and paths that are passed through.
 *
 * @param way what a GraphQL request goes through
 */
export const createServer = async (
  router: Router,
  way: typeof answer = answer,
): Promise<FastifyInstance> => {
  const { settings, log, observer } = router;
  const live = createLive(settings, log);
  const front: Front = {
    settings,
    log,
    live,
    clientAddress: clientAddressBehind(settings.trustedProxies, log),
    observer,
    answer: (trail, accepts) => way(trail.http, accepts, router, live, trail),
  };
  const turnAway = (request: FastifyRequest, reply: FastifyReply, code: ErrorCode) => {
    const limit = code === 'PAYLOAD_TOO_LARGE' ? 'MAX_BODY_BYTES' : null;
    const refused = refusal(code, undefined, { limit });
    observer.turnedAway(refused, front.clientAddress(request.raw));
    return sendRefused(reply, refused);
  };
  const server = fastify({
    bodyLimit: settings.maxBodyBytes,
    forceCloseConnections: 'idle',
    logger: false,
    exposeHeadRoutes: false,
    // Fastify's own 503 has no code; see the hooks below.
    return503OnClosing: false,
    frameworkErrors: (_error, request, reply) => turnAway(request, reply, 'BAD_REQUEST'),
    routerOptions: { ignoreTrailingSlash: false },
    // `__proto__` is a legal name in GraphQL, and nothing here merges bodies into objects.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
  });

  // Only JSON may be posted: another site's page can send text/plain without the browser asking first.
  server.removeContentTypeParser('text/plain');

  await server.register(cors, {
    origin: [...allowedOrigins(settings)],
    methods: ['GET', 'HEAD', 'POST', 'PUT'],
    // What a page of another origin may read of an answer.
    exposedHeaders: ['retry-after'],
    maxAge: 86_400,
  });
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const code = codeOf(error);
    if (code === 'INTERNAL_SERVER_ERROR') log.error({ err: error }, 'unexpected error');
    return turnAway(request, reply, code);
  });
  server.setNotFoundHandler((request, reply) => turnAway(request, reply, 'NOT_FOUND'));

  const streams = createStreams(settings);
  const sockets = acceptWebSockets(server.server, front);
  let stopping = false;
  server.addHook('preClose', () => {
    stopping = true;
    return endStreams(live, streams, sockets);
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (stopping) turnAway(request, reply, 'SHUTTING_DOWN');
    else done();
  });

  server.get('/health', async () => ({ status: 'up' }));
  // What is about to stop is not ready: it is refused above.
  server.get('/ready', async () => ({ status: 'ready' }));
  graphqlRoute(server, front, streams);
  invalidation(server, router.cacheStore, settings.signingSecret, log);
  await passThrough(server, router);
  if (settings.explorer) await pages(server);
  return server;
};

/** What Fastify found wrong before a stage saw the request. */
const codeOf = ({ statusCode = 500 }: FastifyError): ErrorCode => {
  if (statusCode === 413) return 'PAYLOAD_TOO_LARGE';
  if (statusCode === 415) return 'UNSUPPORTED_MEDIA_TYPE';
  if (statusCode === 503) return 'SHUTTING_DOWN';
  return statusCode < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
};

const sendRefused = (reply: FastifyReply, refused: Refusal) => {
  const { status, headers, body } = respondRefused(refused, 'application/json');
  return reply.code(status).headers(headers).send(body);
};
