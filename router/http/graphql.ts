import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpAnswer } from '../exchange.ts';
import { refusal } from '../refusal.ts';
import { answerRequest, type Router } from '../router.ts';
import { respondRefused } from '../stages/respond.ts';
import { negotiate, wantsHtml } from './accept.ts';
import { sandboxPage } from './sandbox.ts';

/** `POST /graphql`, and `GET` for queries; in a browser's address bar the Sandbox. */
export const graphqlRoute = (server: FastifyInstance, router: Router): void => {
  const answerHttp = async (request: FastifyRequest, reply: FastifyReply) => {
    const type = negotiate(request.raw);
    if (type === null)
      return send(reply, respondRefused(refusal('NOT_ACCEPTABLE'), 'application/json'));
    return send(
      reply,
      await answerRequest(
        {
          method: request.method,
          headers: request.headers,
          query: request.query,
          body: request.body,
          clientAddress: request.ip,
        },
        type,
        router,
      ),
    );
  };

  server.post('/graphql', answerHttp);
  server.get('/graphql', async (request, reply) => {
    const { query } = Object(request.query);
    const browsing = query === undefined && wantsHtml(request.raw);
    if (!browsing || !router.settings.explorer) return answerHttp(request, reply);
    return reply.type('text/html; charset=utf-8').send(await sandboxPage());
  });
};

const send = (reply: FastifyReply, { status, headers, body }: HttpAnswer) =>
  reply.code(status).headers(headers).send(body);
