/** The `accept` headers of clients that read streams. */
export const DEFERRED_PARTS = 'multipart/mixed;deferSpec=20220824, application/json';
export const EVENT_PARTS =
  'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json,application/json;q=0.9';
export const EVENT_STREAM = 'text/event-stream';
