import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import type { CachePolicy } from '../cache/policy.ts';
import type { Accepts, AnswerType, HttpAnswer, StreamedBody } from '../exchange.ts';
import { EVENT_STREAM_HEARTBEAT, eventStream, singleEvent } from '../http/event-stream.ts';
import { deferredParts, EVENT_PARTS_HEARTBEAT, eventParts } from '../http/multipart.ts';
import { printErrors, type Refusal, refusal } from '../refusal.ts';
import type { LiveResults } from '../subscriptions/live.ts';

/**
 * Refusals of well-formed GraphQL requests. Clients that accept application/json only may read
 * errors from answers with status 200 alone (GraphQL over HTTP, section 6.4.1).
 */
const WELL_FORMED: ReadonlySet<ErrorCode> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'OPERATION_TOO_EXPENSIVE',
  'OPERATION_TOO_LARGE',
  'BAD_USER_INPUT',
]);

/** What is written to a client that reads streams alone, where there is nothing to stream. */
const FALLBACK: AnswerType = 'application/json';

type Streamed = Exclude<LiveResults, { readonly kind: 'single' }>;

/** The answer of a request that was executed, in what its client reads. */
export const respond = (results: LiveResults, accepts: Accepts): HttpAnswer => {
  if (results.kind === 'single') {
    return whole(200, accepts.single ?? FALLBACK, results.result, results.policy);
  }

  const delivery = accepts[results.kind];
  const { cancel, settled } = results.kind === 'incremental' ? results.rest : results.events;
  if (delivery === null) {
    cancel();
    throw refusal('NOT_ACCEPTABLE');
  }
  return {
    status: 200,
    headers: {
      ...headersOf(delivery),
      // Proxies that gather or compress an answer would hold back what has come already.
      'cache-control': 'private, no-store, no-transform',
      'x-accel-buffering': 'no',
    },
    body: { ...written(results, delivery), cancel, settled },
  };
};

/** The answer of a request that a stage refused. */
export const respondRefused = (refused: Refusal, delivery: Accepts['single']): HttpAnswer => {
  const type = delivery ?? FALLBACK;
  const body = `{"errors":${printErrors(refused)}}`;
  // Clients of event streams do not read the body of another status.
  if (type === 'text/event-stream') return whole(200, type, body);
  const { code, retryAfterS } = refused;
  const status = type === 'application/json' && WELL_FORMED.has(code) ? 200 : ERRORS[code].status;
  const answer = whole(status, type, body);
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...(code === 'METHOD_NOT_ALLOWED' && { allow: 'POST' }),
      ...(retryAfterS !== null && { 'retry-after': String(retryAfterS) }),
    },
  };
};

const whole = (
  status: number,
  type: NonNullable<Accepts['single']>,
  result: string,
  policy: CachePolicy | null = null,
): HttpAnswer => ({
  status,
  headers: policy === null ? headersOf(type) : { ...headersOf(type), ...keptFor(policy) },
  body: type === 'text/event-stream' ? singleEvent(result) : result,
});

const headersOf = (type: NonNullable<Accepts[keyof Accepts]>): Record<string, string> => ({
  // Multipart has no charset, each of its parts is JSON.
  'content-type': type.startsWith('multipart/') ? type : `${type}; charset=utf-8`,
  // The same URL may answer otherwise to another viewer.
  'cache-control': 'private, no-store',
  vary: 'accept, origin',
});

const keptFor = ({ maxAgeS, scope }: CachePolicy) => ({
  'cache-control': `max-age=${maxAgeS}, ${scope === 'PUBLIC' ? 'public' : 'private'}`,
  // Whose it is, is told by these.
  vary: `accept, origin${scope === 'PUBLIC' ? '' : ', authorization'}`,
});

/** Results in the client's wire format. A WebSocket frames the bare results itself. */
const written = (
  results: Streamed,
  delivery: NonNullable<Accepts[Streamed['kind']]>,
): Omit<StreamedBody, 'cancel' | 'settled'> => {
  if (delivery === 'graphql-transport-ws') return { pieces: textsOf(results), heartbeat: null };
  if (delivery === 'text/event-stream') {
    return {
      pieces: eventStream(textsOf(results), results.kind === 'incremental'),
      heartbeat: EVENT_STREAM_HEARTBEAT,
    };
  }
  if (results.kind === 'incremental') {
    return { pieces: deferredParts(results.first, results.rest), heartbeat: null };
  }
  return { pieces: eventParts(results.events), heartbeat: EVENT_PARTS_HEARTBEAT };
};

const textsOf = (results: Streamed): AsyncIterable<string> =>
  results.kind === 'events' ? results.events : startingWith(results.first, results.rest);

async function* startingWith(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
