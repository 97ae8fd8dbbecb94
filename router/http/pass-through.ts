import replyFrom from '@fastify/reply-from';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS } from '../../contract/errors.ts';
import { CALLER_HEADER, SIGNATURE_HEADER } from '../../contract/signature.ts';
import type { Logger } from '../../process/log.ts';
import type { RouterSettings } from '../settings.ts';
import { isConnectionError } from '../transport/replicas.ts';
import { createUpstreams, rest, type Upstream, type Upstreams } from './upstreams.ts';

type Settings = Pick<
  RouterSettings,
  'passThrough' | 'subgraphTimeoutMs' | 'subgraphConnectTimeoutMs'
>;

/** Films are downloaded by many at once, each on a connection of its own. */
const CONNECTIONS = 256;

/**
 * Streams what is no GraphQL (pictures, key sets, webhooks) to the service that owns its path and
 * back, without holding more of it than is under way. Where several serve a path the least busy one
 * is asked; what reads, and could not be brought to it, goes to the next.
 */
export const passThrough = async (
  server: FastifyInstance,
  settings: Settings,
  log: Logger,
): Promise<void> => {
  for (const [path, origins] of Object.entries(settings.passThrough)) {
    const upstreams = createUpstreams(origins, settings.subgraphConnectTimeoutMs);
    await server.register(async (scope) => {
      // Bodies go on as they come.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
      await scope.register(replyFrom, {
        undici: {
          connections: CONNECTIONS,
          connect: { timeout: settings.subgraphConnectTimeoutMs },
          headersTimeout: settings.subgraphTimeoutMs,
          bodyTimeout: settings.subgraphTimeoutMs,
        },
      });
      scope.all(`${path}/*`, async (request, reply) => {
        const tried: Upstream[] = [];
        const ask = (upstream: Upstream | undefined): void => {
          if (upstream === undefined) {
            unavailable(reply);
            return;
          }
          tried.push(upstream);
          forward(request, reply, upstream, (error) => {
            log.warn({ path, err: error }, 'pass-through failed');
            const isElsewhere = isConnectionError(error);
            if (isElsewhere) rest(upstream, 0);
            if (isElsewhere && isRead(request)) ask(upstreams.pick(tried));
            else unavailable(reply);
          });
        };
        ask(await first(upstreams, request));
        return reply;
      });
    });
  }
};

const first = (
  upstreams: Upstreams,
  request: FastifyRequest,
): Upstream | undefined | Promise<Upstream | undefined> =>
  isRead(request) ? upstreams.pick([]) : upstreams.pickReachable();

/** @param failed called with what went wrong before there was an answer */
const forward = (
  request: FastifyRequest,
  reply: FastifyReply,
  upstream: Upstream,
  failed: (error: unknown) => void,
): void => {
  let isOver = false;
  const over = (): void => {
    if (isOver) return;
    isOver = true;
    upstream.busy -= 1;
  };
  upstream.busy += 1;
  reply.raw.once('close', over);
  reply.from(`${upstream.origin}${request.url}`, {
    rewriteRequestHeaders: (_request, headers) => {
      const { [CALLER_HEADER]: _caller, [SIGNATURE_HEADER]: _signature, ...others } = headers;
      return others;
    },
    // Without it, answers of 503 would be asked for again at once, whatever their retry-after says.
    retryDelay: () => null,
    onError: (_reply, { error }) => {
      over();
      failed(error.cause ?? error);
    },
  });
};

const unavailable = (reply: FastifyReply): void => {
  reply.code(503).send({
    errors: [
      {
        message: ERRORS.SUBGRAPH_UNAVAILABLE.message,
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ],
  });
};

const isRead = ({ method }: { readonly method: string }): boolean =>
  method === 'GET' || method === 'HEAD';
