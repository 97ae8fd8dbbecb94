import { expect, test } from 'vitest';
import { DEFERRED_PARTS, EVENT_PARTS, EVENT_STREAM } from '../../kit/accepts.ts';
import { openRawStream } from '../../kit/raw-stream.ts';
import { DEFERRED, QUERY, SUBSCRIPTION, startStreamingRouter } from '../../kit/streaming-router.ts';

test.each([
  ['a query', QUERY, 'image/png', 'application/json'],
  ['a query', QUERY, 'multipart/mixed;deferSpec=20220824', 'application/json'],
  ['@defer', DEFERRED, 'application/json', 'accept: multipart/mixed;deferSpec=20220824'],
  ['@defer', DEFERRED, '*/*', 'accept: multipart/mixed;deferSpec=20220824'],
  ['@defer', DEFERRED, EVENT_PARTS, 'accept: multipart/mixed;deferSpec=20220824'],
  ['a subscription', SUBSCRIPTION, 'application/json', 'accept: text/event-stream'],
  ['a subscription', SUBSCRIPTION, '*/*', 'graphql-transport-ws'],
  ['a subscription', SUBSCRIPTION, DEFERRED_PARTS, 'subscriptionSpec=1.0'],
  ['a subscription', SUBSCRIPTION, 'multipart/mixed', 'subscriptionSpec=1.0'],
])(
  '%s (%#) is 406 to a client that does not read it, which is told what to send',
  async (_what, query, accept, cure) => {
    await using router = await startStreamingRouter();
    using answer = await openRawStream(router.url, query, { accept });
    expect(answer.status).toBe(406);
    const { errors } = JSON.parse(await answer.toEnd());
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_ACCEPTABLE' } }]);
    expect(errors[0].message).toContain(cure);
    expect(router.started).toEqual([]);
  },
);

const TYPE_OF = {
  json: 'application/json; charset=utf-8',
  graphql: 'application/graphql-response+json; charset=utf-8',
  deferred: 'multipart/mixed;boundary="graphql";deferSpec=20220824',
  events: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  stream: 'text/event-stream; charset=utf-8',
} as const;

const URQL =
  'application/graphql-response+json, application/json, text/event-stream, multipart/mixed';

test.each([
  ['Apollo Client', QUERY, DEFERRED_PARTS, TYPE_OF.json],
  ['Apollo Client', DEFERRED, DEFERRED_PARTS, TYPE_OF.deferred],
  ['Apollo Client', SUBSCRIPTION, EVENT_PARTS, TYPE_OF.events],
  [
    'Apollo’s iOS',
    SUBSCRIPTION,
    'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
    TYPE_OF.events,
  ],
  ['Apollo’s Kotlin', SUBSCRIPTION, 'multipart/mixed;subscriptionSpec=1.0', TYPE_OF.events],
  ['urql', QUERY, URQL, TYPE_OF.graphql],
  ['urql', DEFERRED, URQL, TYPE_OF.deferred],
  ['urql', SUBSCRIPTION, 'text/event-stream, multipart/mixed', TYPE_OF.stream],
  ['GraphiQL', DEFERRED, 'application/json, multipart/mixed', TYPE_OF.deferred],
  ['graphql-sse', QUERY, EVENT_STREAM, TYPE_OF.stream],
  ['graphql-sse', DEFERRED, EVENT_STREAM, TYPE_OF.stream],
])('%s (%#) gets what it reads', async (_who, query, accept, type) => {
  await using router = await startStreamingRouter();
  using answer = await openRawStream(router.url, query, { accept });
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe(type);
});
