import { expect, test } from 'vitest';
import { ERRORS, type ErrorCode } from '../../../contract/errors.ts';
import type { Accepts, HttpAnswer } from '../../../router/exchange.ts';
import { Refusal, refusal } from '../../../router/refusal.ts';
import { respond, respondRefused } from '../../../router/stages/respond.ts';
import type { Feed } from '../../../router/subscriptions/feed.ts';
import { allOf } from '../../kit/results.ts';

const ACCEPTS: Accepts = { single: 'application/json', incremental: null, events: null };
const SINGLE = { kind: 'single', result: '{"data":{"a":1}}', policy: null } as const;

test('an answer is JSON that no cache keeps for another viewer', () => {
  expect(respond(SINGLE, ACCEPTS)).toEqual({
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, no-store',
      vary: 'accept, origin',
    },
    body: '{"data":{"a":1}}',
  });
});

test('an answer may be kept for as long as all of it may', () => {
  const headersOf = (scope: 'PUBLIC' | 'PRIVATE') =>
    respond({ ...SINGLE, policy: { maxAgeS: 60, scope, staleIfErrorS: 0 } }, ACCEPTS).headers;
  expect(headersOf('PUBLIC')).toMatchObject({
    'cache-control': 'max-age=60, public',
    vary: 'accept, origin',
  });
  expect(headersOf('PRIVATE')).toMatchObject({
    'cache-control': 'max-age=60, private',
    vary: 'accept, origin, authorization',
  });
});

test('a single result is JSON even to a client that reads streams, unless it reads nothing else', () => {
  const both = {
    ...ACCEPTS,
    incremental: 'text/event-stream',
    events: 'text/event-stream',
  } as const;
  expect(respond(SINGLE, both).body).toBe(SINGLE.result);
  expect(respond(SINGLE, { ...both, single: 'text/event-stream' }).body).toBe(
    'event: next\ndata: {"data":{"a":1}}\n\nevent: complete\ndata:\n\n',
  );
  expect(respond(SINGLE, { ...both, single: null }).headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
  });
});

test('a refusal has the status of its code, which old clients see only where it is no GraphQL', () => {
  const statuses = (code: ErrorCode) => [
    respondRefused(refusal(code), 'application/graphql-response+json').status,
    respondRefused(refusal(code), 'application/json').status,
  ];
  expect(statuses('GRAPHQL_VALIDATION_FAILED')).toEqual([400, 200]);
  expect(statuses('BAD_REQUEST')).toEqual([400, 400]);
  expect(statuses('PAYLOAD_TOO_LARGE')).toEqual([413, 413]);
  expect(statuses('INTERNAL_SERVER_ERROR')).toEqual([500, 500]);
});

test('a client that reads event streams alone gets its refusal in one', () => {
  const { status, body } = respondRefused(refusal('UNAUTHENTICATED'), 'text/event-stream');
  expect(status).toBe(200);
  expect(body).toMatch(
    /^event: next\ndata: \{"errors":\[.*UNAUTHENTICATED.*\]\}\n\nevent: complete/,
  );
});

test('a refused method says which is allowed', () => {
  const { status, headers } = respondRefused(refusal('METHOD_NOT_ALLOWED'), 'application/json');
  expect(status).toBe(ERRORS.METHOD_NOT_ALLOWED.status);
  expect(headers).toMatchObject({ allow: 'POST' });
});

/** A feed that gives `texts`, then ends, or throws. */
const feedOf = (texts: readonly string[], reason?: Refusal): Feed & { cancelled: boolean } => {
  const feed = {
    cancelled: false,
    settled: new Promise<never>(() => {}),
    cancel: () => {
      feed.cancelled = true;
    },
    async *[Symbol.asyncIterator]() {
      yield* texts;
      if (reason !== undefined) throw reason;
    },
  };
  return feed;
};

const written = async ({ body }: HttpAnswer): Promise<string> =>
  typeof body === 'string' ? body : (await allOf(body.pieces)).join('');

const FIRST = '{"data":{"a":1},"hasNext":true}';
const LAST = '{"hasNext":false,"incremental":[{"data":{"b":2},"path":[]}]}';
const PART = '\r\n--graphql\r\ncontent-type: application/json\r\n\r\n';
const ERROR = JSON.stringify(refusal('SUBSCRIPTION_TOO_SLOW').errors);

test('deferred results are parts, each followed by the boundary that lets clients read it', async () => {
  const accepts = {
    ...ACCEPTS,
    incremental: 'multipart/mixed;boundary="graphql";deferSpec=20220824',
  } as const;
  const answer = respond({ kind: 'incremental', first: FIRST, rest: feedOf([LAST]) }, accepts);
  expect(answer.headers).toEqual({
    'content-type': 'multipart/mixed;boundary="graphql";deferSpec=20220824',
    'cache-control': 'private, no-store, no-transform',
    'x-accel-buffering': 'no',
    vary: 'accept, origin',
  });
  expect(await written(answer)).toBe(`${PART}${FIRST}${PART}${LAST}\r\n--graphql--\r\n`);

  const rest = feedOf([], refusal('SUBSCRIPTION_TOO_SLOW'));
  expect(await written(respond({ kind: 'incremental', first: FIRST, rest }, accepts))).toBe(
    `${PART}${FIRST}${PART}{"hasNext":false,"errors":${ERROR}}\r\n--graphql--\r\n`,
  );
});

test('events are payloads of parts, and a fatal end has errors beside a payload that is null', async () => {
  const accepts = {
    ...ACCEPTS,
    events: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  } as const;
  const events = feedOf(['{"data":{"n":1}}'], refusal('SUBSCRIPTION_TOO_SLOW'));
  const answer = respond({ kind: 'events', events }, accepts);
  expect(answer.headers).toMatchObject({ 'content-type': accepts.events });
  expect(await written(answer)).toBe(
    `${PART}{"payload":{"data":{"n":1}}}${PART}{"payload":null,"errors":${ERROR}}\r\n--graphql--\r\n`,
  );
});

test('server-sent events begin with a comment, are one line each, and end with complete', async () => {
  const accepts = { ...ACCEPTS, events: 'text/event-stream' } as const;
  const events = feedOf(['{\n  "data": {"n":1}\r\n}'], refusal('SUBSCRIPTION_TOO_SLOW'));
  const answer = respond({ kind: 'events', events }, accepts);
  expect(answer.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8' });
  expect(await written(answer)).toBe(
    ':\n\n' +
      'event: next\ndata: {   "data": {"n":1} }\n\n' +
      `event: next\ndata: {"errors":${ERROR}}\n\n` +
      'event: complete\ndata:\n\n',
  );
});

test('a stream that its client does not read is refused, and its source given up', () => {
  const events = feedOf([]);
  expect(() => respond({ kind: 'events', events }, ACCEPTS)).toThrow(Refusal);
  expect(events.cancelled).toBe(true);
});
