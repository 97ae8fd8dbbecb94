import cors from '@fastify/cors';
import { type FastifyError, type FastifyInstance, type FastifyReply, fastify } from 'fastify';
import type { ErrorCode } from '../../contract/errors.ts';
import type { AnswerType } from '../exchange.ts';
import { refusal } from '../refusal.ts';
import type { Router } from '../router.ts';
import type { RouterSettings } from '../settings.ts';
import { respondRefused } from '../stages/respond.ts';
import { graphqlRoute } from './graphql.ts';
import { pages } from './pages.ts';
import { passThrough } from './pass-through.ts';

/** Where Apollo serves the Sandbox from, and frontends on the developer's own machine. */
const DEVELOPMENT_ORIGINS = [
  'https://studio.apollographql.com',
  /^http:\/\/(localhost|127\.0\.0\.1):\d+$/,
];

/** The router's front: GraphQL, health, pages for people, and paths that are passed through. */
export const createServer = async (router: Router): Promise<FastifyInstance> => {
  const { settings, log } = router;
  const server = fastify({
    bodyLimit: settings.maxBodyBytes,
    forceCloseConnections: 'idle',
    logger: false,
    exposeHeadRoutes: false,
    frameworkErrors: (_error, _request, reply) => sendRefused(reply, 'BAD_REQUEST'),
    routerOptions: { ignoreTrailingSlash: false },
    // `__proto__` is a legal name in GraphQL, and nothing here merges bodies into objects.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
  });

  // Only JSON may be posted: another site's page can send text/plain without the browser asking first.
  server.removeContentTypeParser('text/plain');

  await server.register(cors, {
    origin: allowedOrigins(settings),
    methods: ['GET', 'HEAD', 'POST'],
    maxAge: 86_400,
  });
  server.setErrorHandler<FastifyError>((error, _request, reply) => {
    const code = codeOf(error);
    if (code === 'INTERNAL_SERVER_ERROR') log.error({ err: error }, 'unexpected error');
    return sendRefused(reply, code);
  });
  server.setNotFoundHandler((_request, reply) => sendRefused(reply, 'NOT_FOUND'));

  server.get('/health', async () => ({ status: 'up' }));
  // A router that is stopping does not listen, so what answers is ready.
  server.get('/ready', async () => ({ status: 'ready' }));
  graphqlRoute(server, router);
  await passThrough(server, settings, log);
  if (settings.explorer) await pages(server);
  return server;
};

const allowedOrigins = ({ corsOrigins, mode }: RouterSettings) => {
  const origins = [...corsOrigins, ...(mode === 'development' ? DEVELOPMENT_ORIGINS : [])];
  return origins.length === 0 ? false : origins;
};

/** What Fastify found wrong before a stage saw the request. */
const codeOf = ({ statusCode = 500 }: FastifyError): ErrorCode => {
  if (statusCode === 413) return 'PAYLOAD_TOO_LARGE';
  if (statusCode === 415) return 'UNSUPPORTED_MEDIA_TYPE';
  if (statusCode === 503) return 'SHUTTING_DOWN';
  return statusCode < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
};

const REFUSED_TYPE: AnswerType = 'application/json';

const sendRefused = (reply: FastifyReply, code: ErrorCode) => {
  const { status, headers, body } = respondRefused(refusal(code), REFUSED_TYPE);
  return reply.code(status).headers(headers).send(body);
};
