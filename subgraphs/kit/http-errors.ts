import type { FastifyInstance } from 'fastify';
import { ERRORS } from '../../contract/errors.ts';
import type { Refusal } from '../../contract/signature.ts';
import type { Logger } from '../../process/log.ts';

/** A request for GraphQL that does not carry the router's signature. */
export class UnsignedRequest extends Error {
  /**
   * Where clocks are apart nobody has done anything forbidden, and a client that reads so would take
   * itself for logged out: the service is not there for the router, as 503 says.
   */
  readonly statusCode: 403 | 503;

  constructor(refusal: Refusal) {
    super(`This service answers the router only (signature ${refusal}).`);
    this.statusCode = refusal === 'expired' ? 503 : 403;
  }
}

/** Says what went wrong outside of GraphQL in the words of the catalogue. */
export const presentHttpErrors = (server: FastifyInstance, log: Logger): void => {
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error, url: request.url }, 'unexpected error');
    const code =
      status === 403 ? 'FORBIDDEN' : status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
    const message = error instanceof UnsignedRequest ? error.message : ERRORS[code].message;
    return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
  });
};
