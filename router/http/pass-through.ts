import replyFrom from '@fastify/reply-from';
import type { FastifyInstance } from 'fastify';
import { ERRORS } from '../../contract/errors.ts';
import { CALLER_HEADER, SIGNATURE_HEADER } from '../../contract/signature.ts';
import type { Logger } from '../../process/log.ts';
import type { RouterSettings } from '../settings.ts';
import { isConnectionError } from '../transport/failure.ts';

type Settings = Pick<
  RouterSettings,
  'passThrough' | 'subgraphTimeoutMs' | 'subgraphConnectTimeoutMs'
>;

/**
 * Streams what is no GraphQL (pictures, key sets, webhooks) to the service that owns its path and
 * back, without holding more of it than is under way. Where several serve a path they take turns; what
 * reads, and could not be brought to one, goes to the next.
 */
export const passThrough = async (
  server: FastifyInstance,
  settings: Settings,
  log: Logger,
): Promise<void> => {
  for (const [path, origins] of Object.entries(settings.passThrough)) {
    await server.register(async (scope) => {
      // Bodies go on as they come.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
      await scope.register(replyFrom, {
        base: [...origins],
        undici: {
          connections: 64,
          connect: { timeout: settings.subgraphConnectTimeoutMs },
          headersTimeout: settings.subgraphTimeoutMs,
          bodyTimeout: settings.subgraphTimeoutMs,
        },
      });
      scope.all(`${path}/*`, (request, reply) =>
        reply.from(request.url, {
          rewriteRequestHeaders: (_request, headers) => {
            const { [CALLER_HEADER]: _caller, [SIGNATURE_HEADER]: _signature, ...rest } = headers;
            return rest;
          },
          // Without it, answers of 503 would be asked for again at once, whatever their retry-after says.
          retryDelay: ({ err, req, attempt }) =>
            attempt < origins.length - 1 && isRead(req) && isConnectionError(err) ? 1 : null,
          onError: (failed, { error }) => {
            log.warn({ path, err: error }, 'pass-through failed');
            failed.code(503).send({
              errors: [
                {
                  message: ERRORS.SUBGRAPH_UNAVAILABLE.message,
                  extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
                },
              ],
            });
          },
        }),
      );
    });
  }
};

const isRead = ({ method }: { readonly method: string }): boolean =>
  method === 'GET' || method === 'HEAD';
