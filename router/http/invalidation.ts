import type { FastifyInstance, FastifyReply } from 'fastify';
import { SERVICE_SCHEME, verifyServiceToken } from '../../contract/service-token.ts';
import type { Logger } from '../../process/log.ts';
import type { CacheStore } from '../cache/store.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { respondRefused } from '../stages/respond.ts';

const MAX_TAGS = 1_000;
const MAX_TAG_LENGTH = 200;

/**
 * `POST /cache/invalidate` with `{ "tags": ["product-1"] }`, for services: when it has answered, nothing
 * that carries one of the tags is served any more that was asked for before.
 */
export const invalidation = (
  server: FastifyInstance,
  store: CacheStore | null,
  signingSecret: string | null,
  log: Logger,
): void => {
  server.post('/cache/invalidate', async (request, reply) => {
    if (!isService(request.headers.authorization, signingSecret)) {
      return refuse(reply, refusal('UNAUTHENTICATED', 'Only services invalidate what is kept.'));
    }
    const tags = tagsIn(request.body);
    if (tags === null) {
      return refuse(
        reply,
        refusal(
          'BAD_REQUEST',
          `The body is not \`{ "tags": [...] }\` with at most ${MAX_TAGS} texts of at most ${MAX_TAG_LENGTH} characters.`,
        ),
      );
    }
    try {
      await store?.invalidate(tags);
      return reply.code(204).send();
    } catch (error) {
      log.warn({ err: error }, 'what is kept could not be invalidated');
      return refuse(reply, refusal('CACHE_UNAVAILABLE', undefined, { retryAfterS: 1 }));
    }
  });
};

const isService = (authorization: string | undefined, secret: string | null): boolean => {
  const [scheme, token = ''] = (authorization ?? '').split(' ');
  return scheme === SERVICE_SCHEME && secret !== null && verifyServiceToken(secret, token) !== null;
};

const tagsIn = (body: unknown): readonly string[] | null => {
  const { tags } = Object(body);
  if (!Array.isArray(tags) || tags.length > MAX_TAGS) return null;
  return tags.every((tag) => typeof tag === 'string' && tag.length <= MAX_TAG_LENGTH) ? tags : null;
};

const refuse = (reply: FastifyReply, refused: Refusal) => {
  const { status, headers, body } = respondRefused(refused, 'application/graphql-response+json');
  return reply.code(status).headers(headers).send(body);
};
