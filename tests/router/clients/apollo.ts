import { ApolloClient, type ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import { listen, type Tellings } from '../../kit/told.ts';

// Apollo's link asks the browser's; Node has one from 22 on.
vi.stubGlobal('WebSocket', WebSocket);

/** What Apollo Client shows of an operation. */
export interface Shown {
  readonly data: unknown;
  readonly error?: unknown;
  readonly loading?: boolean;
}

/** Apollo Client as a frontend sets it up. */
export interface TestApolloClient extends Disposable {
  /** Follows a query as a page does that shows it. */
  readonly watch: (document: string) => Tellings<Shown>;
  readonly subscribe: (document: string) => Tellings<Shown>;
}

const apollo = (link: ApolloLink, close: () => void): TestApolloClient => {
  const client = new ApolloClient({
    link,
    cache: new InMemoryCache(),
    incrementalHandler: new Defer20220824Handler(),
  });
  return {
    watch: (document) =>
      listen((sink) => {
        const shown = client.watchQuery({ query: gql(document), errorPolicy: 'all' });
        const subscription = shown.subscribe(sink);
        return () => subscription.unsubscribe();
      }),
    subscribe: (document) =>
      listen((sink) => {
        // Without a cache, or Apollo would warn on the console that a fatal end has no data.
        const options = { query: gql(document), fetchPolicy: 'no-cache' } as const;
        const subscription = client.subscribe(options).subscribe(sink);
        return () => subscription.unsubscribe();
      }),
    [Symbol.dispose]: () => {
      client.stop();
      close();
    },
  };
};

type Headers = Readonly<Record<string, string>>;

const overHttp = (url: string, headers: Headers): TestApolloClient =>
  apollo(new HttpLink({ uri: url, headers }), () => {});

const overWebSocket = (url: string, headers: Headers): TestApolloClient => {
  const socket = createClient({
    url: url.replace('http', 'ws'),
    connectionParams: { headers },
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  return apollo(new GraphQLWsLink(socket), () => void socket.dispose());
};

/** The ways by which Apollo Client reaches the router. */
export const APOLLO = {
  'HTTP multipart': overHttp,
  'a WebSocket': overWebSocket,
} as const;
