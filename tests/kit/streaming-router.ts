import { promisify } from 'node:util';
import { prepareDrain } from '../../process/drain.ts';
import { createLog } from '../../process/log.ts';
import { createTurns } from '../../router/admission/turns.ts';
import { NO_DOCUMENTS } from '../../router/documents/trusted.ts';
import type { Identified, Results } from '../../router/exchange.ts';
import { acceptAnswer } from '../../router/http/accept.ts';
import { createServer } from '../../router/http/server.ts';
import { createAccessTokens } from '../../router/identity/access-tokens.ts';
import { createObserver } from '../../router/observe/observer.ts';
import { openRates } from '../../router/rates/rates.ts';
import type { answer } from '../../router/router.ts';
import { type RouterSettings, readRouterSettings } from '../../router/settings.ts';
import { identify } from '../../router/stages/identify.ts';
import { receive } from '../../router/stages/receive.ts';
import { respond } from '../../router/stages/respond.ts';
import { createSubscriptions } from '../../router/subscriptions/subscriptions.ts';
import { createSource, type Source } from './source.ts';

// A router whose front is real, and whose operations give what the test says. Clients' tests know
// what stands here: three operations, and prices that the test gives.

export const QUERY = 'query Page { product(id: "p1") { id title } }';

/** The price comes with the first one that the test gives. */
export const DEFERRED = `query Page {
  product(id: "p1") { id title ... on Product @defer(label: "price") { price } }
}`;

/** An event a price. */
export const SUBSCRIPTION = 'subscription Prices { priceChanged(id: "p1") { id price } }';

/** What QUERY gives, and DEFERRED at first. */
export const PRODUCT = { __typename: 'Product', id: 'p1', title: 'Camera' };

/** What an event of SUBSCRIPTION has in `priceChanged`. */
export const priced = (price: number) => ({ __typename: 'Product', id: 'p1', price });

/** The prices of one operation that was started. */
export interface Prices {
  /** Resolves when the router has taken it, or wants no more. */
  readonly give: (price: number, padding?: string) => Promise<void>;
  readonly end: () => void;
  readonly fail: (error: unknown) => void;
  /** Resolves when the router has given up, or all have been given. */
  readonly closed: Promise<void>;
  readonly isClosed: () => boolean;
}

/**
 * Gives events of 10 KB as fast as they are taken, until they are not wanted any more.
 *
 * @returns how many were given
 */
export const flood = async (prices: Prices): Promise<number> => {
  const padding = 'x'.repeat(10_000);
  let given = 0;
  while (!prices.isClosed()) {
    await prices.give(given, padding);
    given += 1;
  }
  return given;
};

export interface StreamingRouter extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123/graphql`. */
  readonly url: string;
  /** Such as `ws://127.0.0.1:40123/graphql`. */
  readonly socketUrl: string;
  /** Of the operation that was started next after those that were asked for. */
  readonly prices: () => Promise<Prices>;
  /** Every operation that was started, in order. */
  readonly started: readonly Identified[];
  /** How many TCP connections it has. */
  readonly connections: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

interface Options {
  /** Waited for when an operation has been started, before its results are there. */
  readonly beforeStart?: () => Promise<void>;
}

export const startStreamingRouter = async (
  overrides: Partial<RouterSettings> = {},
  { beforeStart = async () => {} }: Options = {},
): Promise<StreamingRouter> => {
  const settings = {
    ...readRouterSettings({}),
    port: 0,
    developmentIdentity: true,
    ...overrides,
  };
  const started: Identified[] = [];
  const opened: Prices[] = [];
  const wanted: ((prices: Prices) => void)[] = [];
  const open = (prices: Prices): void => {
    const want = wanted.shift();
    if (want === undefined) opened.push(prices);
    else want(prices);
  };

  const way: typeof answer = async (http, accepts, router, live) => {
    const identified = await identify(receive(http), router);
    const kind = kindOf(identified.request.query ?? '');
    acceptAnswer(kind, accepts);
    const results = await live.hold(kind, identified, async () => {
      started.push(identified);
      await beforeStart();
      return resultsOf(kind, open);
    });
    return respond(results, accepts);
  };
  const log = createLog('router', 'silent');
  const generation = () => {
    throw new Error('the operations of this router are the test’s');
  };
  const server = await createServer(
    {
      settings,
      log,
      generation,
      decideLabel: () => false,
      accessTokens: createAccessTokens(settings, log),
      trustedDocuments: NO_DOCUMENTS,
      persistedDocuments: null,
      cacheStore: null,
      turns: createTurns(settings),
      rates: openRates(settings, null, log),
      subscriptions: createSubscriptions(settings),
      meterOfPath: () => null,
      observer: createObserver([], { explains: false, trace: null }),
    },
    way,
  );
  const drain = prepareDrain(server);
  const url = await server.listen({ host: settings.host, port: settings.port });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= drain();
    return stopped;
  };
  return {
    url: `${url}/graphql`,
    socketUrl: `${url.replace('http', 'ws')}/graphql`,
    started,
    prices: () =>
      new Promise((resolve) => {
        const prices = opened.shift();
        if (prices === undefined) wanted.push(resolve);
        else resolve(prices);
      }),
    connections: promisify(server.server.getConnections.bind(server.server)),
    stop,
    [Symbol.asyncDispose]: stop,
  };
};

const kindOf = (query: string): Results['kind'] => {
  if (query.includes('subscription')) return 'events';
  return query.includes('@defer') ? 'incremental' : 'single';
};

const resultsOf = (kind: Results['kind'], open: (prices: Prices) => void): Results => {
  if (kind === 'single') {
    return { kind, result: JSON.stringify({ data: { product: PRODUCT } }), policy: null };
  }
  const source = createSource();
  if (kind === 'events') {
    open(pricesOf(source, eventOf));
    return { kind, events: source };
  }
  open(pricesOf(source, deferredOf, () => source.end()));
  return {
    kind,
    first: JSON.stringify({ data: { product: PRODUCT }, hasNext: true }),
    rest: source,
  };
};

const eventOf = (price: number, padding?: string) => ({
  data: { priceChanged: priced(price) },
  ...(padding !== undefined && { extensions: { padding } }),
});

const deferredOf = (price: number, padding?: string) => ({
  hasNext: false,
  incremental: [{ data: priced(price), path: ['product'], label: 'price' }],
  ...(padding !== undefined && { extensions: { padding } }),
});

const pricesOf = (
  source: Source,
  resultOf: (price: number, padding?: string) => object,
  then: () => void = () => {},
): Prices => ({
  end: source.end,
  fail: source.fail,
  closed: source.closed,
  isClosed: source.isClosed,
  give: async (price, padding) => {
    await source.give(JSON.stringify(resultOf(price, padding)));
    then();
  },
});
