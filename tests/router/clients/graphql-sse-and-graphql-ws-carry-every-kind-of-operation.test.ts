import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { refusal } from '../../../router/refusal.ts';
import {
  DEFERRED,
  PRODUCT,
  priced,
  QUERY,
  SUBSCRIPTION,
  startStreamingRouter,
} from '../../kit/streaming-router.ts';
import { listen, type Tellings } from '../../kit/told.ts';

type Ask = (query: string) => Tellings<unknown>;

interface TestClient extends Disposable {
  readonly ask: Ask;
}

const overSse = (url: string, headers: Record<string, string>): TestClient => {
  const client = createSseClient({ url, headers, retryAttempts: 0 });
  return {
    ask: (query) => listen((sink) => client.subscribe({ query }, sink)),
    [Symbol.dispose]: () => client.dispose(),
  };
};

const overWebSocket = (url: string, headers: Record<string, string>): TestClient => {
  const client = createWsClient({
    url: url.replace('http', 'ws'),
    connectionParams: headers,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  return {
    ask: (query) => listen((sink) => client.subscribe({ query }, sink)),
    [Symbol.dispose]: () => void client.dispose(),
  };
};

const WAYS = [
  ['graphql-sse', overSse],
  ['graphql-ws', overWebSocket],
] as const;

test.each(WAYS)('%s: a query', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url, {});
  const results = client.ask(QUERY);
  expect(await results.next()).toEqual({ kind: 'next', value: { data: { product: PRODUCT } } });
  expect(await results.next()).toEqual({ kind: 'complete' });
});

test.each(WAYS)('%s: a query with @defer, result by result', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url, {});
  const results = client.ask(DEFERRED);
  expect(await results.next()).toMatchObject({
    value: { data: { product: PRODUCT }, hasNext: true },
  });
  await (await router.prices()).give(12);
  expect(await results.next()).toMatchObject({
    value: { hasNext: false, incremental: [{ path: ['product'], data: priced(12) }] },
  });
  expect(await results.next()).toEqual({ kind: 'complete' });
});

test.each(WAYS)(
  '%s: a subscription, for the viewer that its headers name',
  async (_way, connect) => {
    await using router = await startStreamingRouter();
    using client = connect(router.url, { 'emporium-development-user': 'user_7' });
    const results = client.ask(SUBSCRIPTION);
    const prices = await router.prices();
    await prices.give(12);
    expect(await results.next()).toMatchObject({ value: { data: { priceChanged: priced(12) } } });
    expect(router.started[0]?.caller.viewer).toMatchObject({ id: 'user_7' });
    prices.end();
    expect(await results.next()).toEqual({ kind: 'complete' });
  },
);

test.each(WAYS)('%s: leaving closes the source', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url, {});
  for (const document of [SUBSCRIPTION, DEFERRED]) {
    const results = client.ask(document);
    const prices = await router.prices();
    results.stop();
    await prices.closed;
  }
});

/** Where the errors of an operation's end are: of its last result, or in place of one. */
const errorsOf = (told: unknown): unknown => Object(told).value?.errors ?? Object(told).error;

test.each(WAYS)('%s: refusals and fatal ends have their codes', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url, {});
  const results = client.ask(SUBSCRIPTION);
  (await router.prices()).fail(refusal('SUBGRAPH_UNAVAILABLE'));
  const unavailable = [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }];
  expect(errorsOf(await results.next())).toMatchObject(unavailable);

  using stranger = connect(router.url, { 'emporium-development-user': 'nobody' });
  const unauthenticated = [{ extensions: { code: 'UNAUTHENTICATED' } }];
  expect(errorsOf(await stranger.ask(QUERY).next())).toMatchObject(unauthenticated);
});

test.each(WAYS)('%s: what goes wrong unforeseen is masked', async (_way, connect) => {
  await using router = await startStreamingRouter();
  using client = connect(router.url, {});
  const results = client.ask(SUBSCRIPTION);
  (await router.prices()).fail(new Error('boom at /srv/router.js'));
  const told = await results.next();
  expect(errorsOf(told)).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
  expect(JSON.stringify(told)).not.toContain('boom');
});
