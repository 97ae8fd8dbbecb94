import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpAnswer } from '../exchange.ts';
import { createDeparture, type Departure } from '../execution/departure.ts';
import { toRefusal } from '../refusal.ts';
import { respondRefused } from '../stages/respond.ts';
import { negotiate, wantsHtml } from './accept.ts';
import type { Front } from './front.ts';
import { sandboxPage } from './sandbox.ts';
import type { Streams } from './streams.ts';

/**
 * In UTF-16 units. Node copies a text together with the head that goes before it, which costs less
 * than a second write, up to here.
 */
const LARGE = 16_384;

/** `POST /graphql`, and `GET` for queries; in a browser's address bar the Sandbox. */
export const graphqlRoute = (server: FastifyInstance, front: Front, streams: Streams): void => {
  const answerHttp = async (request: FastifyRequest, reply: FastifyReply) => {
    const departure = createDeparture();
    // Of an answer that was given too, when nobody listens for it any more.
    reply.raw.once('close', departure.leave);
    const { status, headers, body } = await answerOrRefuse(request, front, departure);
    if (typeof body === 'string')
      return reply
        .code(status)
        .headers(headers)
        .send(body.length > LARGE ? Buffer.from(body) : body);
    reply.code(status).headers(headers).hijack();
    return streams.write(withHead(reply), body);
  };

  server.post('/graphql', answerHttp);
  server.get('/graphql', async (request, reply) => {
    const { query } = Object(request.query);
    const browsing = query === undefined && wantsHtml(request.raw);
    if (!browsing || !front.settings.explorer) return answerHttp(request, reply);
    return reply.type('text/html; charset=utf-8').send(await sandboxPage());
  });
};

/** The response with the status and headers that the reply was given, by plugins (CORS) too. */
const withHead = (reply: FastifyReply): ServerResponse => {
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.raw.statusCode = reply.statusCode;
  return reply.raw;
};

/** Answers a GraphQL request, whatever comes of it; never throws. */
const answerOrRefuse = async (
  request: FastifyRequest,
  front: Front,
  departure: Departure,
): Promise<HttpAnswer> => {
  const accepts = negotiate(request.raw);
  const trail = front.observer.begin({
    method: request.method,
    headers: request.headers,
    query: request.query,
    body: request.body,
    clientAddress: front.clientAddress(request.raw),
    departure,
  });
  try {
    const answered = await front.answer(trail, accepts);
    front.observer.answered(trail, answered);
    return answered;
  } catch (error) {
    const refused = toRefusal(error, front.log);
    front.observer.refused(trail, refused);
    return respondRefused(refused, accepts.single);
  }
};
