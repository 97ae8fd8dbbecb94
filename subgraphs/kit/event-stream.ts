import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS, type ErrorCode, isErrorCode } from '../../contract/errors.ts';
import type { Caller } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';
import type { OpenSubgraph } from './open.ts';
import type { Events } from './subscription.ts';

/** Keeps the router, and whatever stands between, from taking silence for death; in milliseconds. */
const HEARTBEAT_MS = 12_000;
const HEARTBEAT = ':\n\n';
const COMPLETE = 'event: complete\ndata:\n\n';

/** How long a router that does not read may hold up the end of the process, in milliseconds. */
const LAST_WORDS_MS = 2_000;

/** Whether a request asks for events. */
export const asksForEvents = ({ headers }: FastifyRequest): boolean =>
  headers.accept?.includes('text/event-stream') === true;

/** Answers a request for events. */
export type ServeEvents = (
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
) => Promise<void>;

/**
 * Subscriptions as GraphQL over SSE has them in its "distinct connections mode": a request each,
 * answered with `next` for every event and `complete` at the end. What cannot be begun is answered
 * with JSON. When the server drains, all end without `complete`: nothing more comes from this process,
 * but the router may go on with another.
 *
 * Not by the handler of graphql-sse: it takes events as fast as they come and keeps them in a list
 * without bounds for a router that does not read.
 */
export const eventStreams = (
  server: FastifyInstance,
  { subscribe }: Pick<OpenSubgraph, 'subscribe'>,
  log: Logger,
): ServeEvents => {
  const open = new Map<Events, ServerResponse>();
  let draining = false;
  server.addHook('preClose', async () => {
    draining = true;
    for (const [events, response] of open) {
      await events.return();
      setTimeout(() => response.destroy(), LAST_WORDS_MS).unref();
    }
  });

  return async (request, reply, caller) => {
    const subscribed = await subscribe(caller, request.body);
    if (!subscribed.accepted) {
      const { errors } = subscribed;
      await reply.code(statusOf(errors[0]?.extensions?.['code'])).send({ errors });
      return;
    }
    const { events } = subscribed;
    if (draining) await events.return();
    reply.hijack();
    open.set(events, reply.raw);
    try {
      await stream(events, reply.raw);
      reply.raw.end(draining ? '' : COMPLETE);
    } catch (error) {
      log.error({ err: error }, 'a subscription broke');
      reply.raw.destroy();
    } finally {
      open.delete(events);
    }
  };
};

const statusOf = (code: unknown): number =>
  ERRORS[isErrorCode(code) ? code : ('INTERNAL_SERVER_ERROR' satisfies ErrorCode)].status;

/** Writes events no faster than they are read, until they end; they end with the connection. */
const stream = async (events: Events, response: ServerResponse): Promise<void> => {
  const hangUp = new AbortController();
  const end = (): void => {
    hangUp.abort();
    void events.return();
  };
  if (response.destroyed) return end();
  response.once('close', end);
  // Whoever writes to a closed connection gets an error beside `close`; unheard, it would end the process.
  response.on('error', () => {});
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(HEARTBEAT);
  }, HEARTBEAT_MS);
  try {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(HEARTBEAT);
    for await (const result of events) {
      const isTaken = response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`);
      if (!isTaken) await once(response, 'drain', { signal: hangUp.signal });
    }
  } catch (error) {
    if (!hangUp.signal.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
  }
};
