import replyFrom from '@fastify/reply-from';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS } from '../../contract/errors.ts';
import { CALLER_HEADER, SIGNATURE_HEADER } from '../../contract/signature.ts';
import type { Meter } from '../capacity/meter.ts';
import type { Router } from '../router.ts';
import { isConnectionError } from '../transport/failure.ts';
import { createUpstreams, rest, type Upstream, type Upstreams } from './upstreams.ts';

/** Films are downloaded by many at once, each on a connection of its own. */
const CONNECTIONS = 256;

/**
 * Streams what is no GraphQL (pictures, key sets, webhooks) to the service that owns its path and
 * back, without holding more of it than is under way. Where several serve a path the least busy one
 * is asked; what reads, and could not be brought to it, goes to the next.
 */
export const passThrough = async (
  server: FastifyInstance,
  { settings, log, meterOfPath }: Pick<Router, 'settings' | 'log' | 'meterOfPath'>,
): Promise<void> => {
  for (const [path, origins] of Object.entries(settings.passThrough)) {
    const upstreams = createUpstreams(origins, settings.subgraphConnectTimeoutMs);
    const meter = meterOfPath(path);
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
          // Nobody waits any more, nor would anything tell when it is over.
          if (reply.raw.destroyed) return;
          if (upstream === undefined) {
            unavailable(reply);
            return;
          }
          tried.push(upstream);
          const over = begin(upstream, meter);
          reply.raw.once('close', over);
          forward(request, reply, upstream, (error) => {
            over();
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

/** @returns what says that it is over, the first time that it is called */
const begin = (upstream: Upstream, meter: Meter | null): (() => void) => {
  let isOver = false;
  upstream.busy += 1;
  meter?.begin();
  return () => {
    if (isOver) return;
    isOver = true;
    upstream.busy -= 1;
    meter?.end(null);
  };
};

/** @param failed called with what went wrong before there was an answer */
const forward = (
  request: FastifyRequest,
  reply: FastifyReply,
  { origin }: Upstream,
  failed: (error: unknown) => void,
): void => {
  reply.from(`${origin}${request.url}`, {
    rewriteRequestHeaders: (_request, headers) => {
      const { [CALLER_HEADER]: _caller, [SIGNATURE_HEADER]: _signature, ...others } = headers;
      return others;
    },
    // Without it, answers of 503 would be asked for again at once, whatever their retry-after says.
    retryDelay: () => null,
    onError: (_reply, { error }) => failed(error.cause ?? error),
    onResponse: (_request, _reply, { statusCode, stream }) => {
      if (statusCode < 500) {
        reply.send(stream);
        return;
      }
      stream.resume();
      hideWords(reply, statusCode);
    },
  });
};

/** What a server says of its own failure may hold anything; its status, and when to ask again, is for everyone. */
const hideWords = (reply: FastifyReply, status: number): void => {
  for (const name of Object.keys(reply.getHeaders())) {
    if (name !== 'retry-after') reply.removeHeader(name);
  }
  refuse(reply, status, status === 500 ? 'INTERNAL_SERVER_ERROR' : 'SUBGRAPH_UNAVAILABLE');
};

const unavailable = (reply: FastifyReply): void => refuse(reply, 503, 'SUBGRAPH_UNAVAILABLE');

const refuse = (
  reply: FastifyReply,
  status: number,
  code: 'SUBGRAPH_UNAVAILABLE' | 'INTERNAL_SERVER_ERROR',
): void => {
  reply.code(status).send({ errors: [{ message: ERRORS[code].message, extensions: { code } }] });
};

const isRead = ({ method }: { readonly method: string }): boolean =>
  method === 'GET' || method === 'HEAD';
