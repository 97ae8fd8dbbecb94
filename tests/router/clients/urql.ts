import {
  type AnyVariables,
  Client,
  fetchExchange,
  type OperationResult,
  subscriptionExchange,
} from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { listen, type Tellings } from '../../kit/told.ts';

/** urql as a frontend sets it up. */
export interface TestUrqlClient extends Disposable {
  readonly query: (document: string) => Tellings<OperationResult>;
  readonly subscribe: (document: string) => Tellings<OperationResult>;
}

type Forward = Parameters<typeof subscriptionExchange>[0]['forwardSubscription'];

const urql = (url: string, forward: Forward | undefined, close: () => void): TestUrqlClient => {
  const client = new Client({
    url,
    preferGetMethod: false,
    exchanges: [
      fetchExchange,
      ...(forward === undefined ? [] : [subscriptionExchange({ forwardSubscription: forward })]),
    ],
    ...(forward === undefined && { fetchSubscriptions: true }),
  });
  return {
    query: (document) =>
      listen(({ next }) => client.query(document, {}).subscribe(next).unsubscribe),
    subscribe: (document) =>
      listen(({ next }) => client.subscription(document, {}).subscribe(next).unsubscribe),
    [Symbol.dispose]: close,
  };
};

/** urql's types allow an operation without text, which none of ours is. */
const requestOf = ({
  query = '',
  variables,
}: {
  query?: string | undefined;
  variables?: AnyVariables;
}) => ({
  query,
  variables: { ...variables },
});

const overFetch = (url: string): TestUrqlClient => urql(url, undefined, () => {});

const overSse = (url: string): TestUrqlClient => {
  const events = createSseClient({ url, retryAttempts: 0 });
  const forward: Forward = (request) => ({
    subscribe: (sink) => ({
      unsubscribe: events.subscribe(requestOf(request), sink),
    }),
  });
  return urql(url, forward, () => events.dispose());
};

const overWebSocket = (url: string): TestUrqlClient => {
  const socket = createWsClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const forward: Forward = (request) => ({
    subscribe: (sink) => ({
      unsubscribe: socket.subscribe(requestOf(request), {
        ...sink,
        // The two packages only disagree about what may be undefined.
        next: (result) => sink.next(result as Parameters<typeof sink.next>[0]),
      }),
    }),
  });
  return urql(url, forward, () => void socket.dispose());
};

/** The ways by which urql reaches the router for subscriptions. */
export const URQL = {
  'its own fetch': overFetch,
  'graphql-sse': overSse,
  'graphql-ws': overWebSocket,
} as const;
