import { parse } from 'graphql';
import { request } from 'undici';
import { prepareDrain } from '../../process/drain.ts';
import { createLog } from '../../process/log.ts';
import { createTurns } from '../../router/admission/turns.ts';
import { NO_POLICY } from '../../router/authorization/guard.ts';
import { canonicalText } from '../../router/documents/registered.ts';
import { NO_DOCUMENTS } from '../../router/documents/trusted.ts';
import { createServer } from '../../router/http/server.ts';
import { createAccessTokens } from '../../router/identity/access-tokens.ts';
import { createObserver } from '../../router/observe/observer.ts';
import { openRates } from '../../router/rates/rates.ts';
import { type RouterSettings, readRouterSettings } from '../../router/settings.ts';
import { createSubscriptions } from '../../router/subscriptions/subscriptions.ts';
import { openGenerations } from '../../router/supergraph/generations.ts';
import { startPlanner } from '../../router/supergraph/planner.ts';
import { supergraphFile } from '../../router/supergraph/source.ts';
import { createConnector } from '../../router/transport/connector.ts';
import { logFailures } from '../../router/transport/log-failures.ts';
import { withCleanup } from './cleanup.ts';
import { type SmallFederation, type SmallSubgraph, startSmallFederation } from './federation.ts';
import type { Data } from './http.ts';
import { TEST_SECRET } from './secret.ts';

/** An answer with its headers. */
export interface HeadedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Data;
}

/** A router before one subgraph, `one`, that tells what it planned. */
export interface CountedRouter extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123/graphql`. */
  readonly url: string;
  /** What was planned, in order. */
  readonly plans: readonly string[];
  readonly federation: SmallFederation<'one'>;
  readonly ask: (
    query: string,
    options?: {
      readonly variables?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ) => Promise<HeadedAnswer>;
}

export const startCountedRouter = (
  subgraph: SmallSubgraph,
  overrides: Partial<RouterSettings> = {},
  /** What any service may ask. */
  registered: readonly string[] = [],
): Promise<CountedRouter> =>
  withCleanup(async ({ use, defer }) => {
    const federation = use(await startSmallFederation({ one: subgraph }));
    const settings = {
      ...readRouterSettings({}),
      port: 0,
      signingSecret: TEST_SECRET,
      developmentIdentity: true,
      ...overrides,
    };
    const log = createLog('router', 'silent');
    const planner = startPlanner(settings);
    defer(() => planner.close());
    const plans: string[] = [];
    const observer = logFailures(log);
    const connector = createConnector(settings, { inProcess: new Map(), observer, log });
    defer(() => connector.close());
    const generations = await openGenerations(
      supergraphFile(federation.supergraph, false),
      {
        planner: {
          ...planner,
          plan: (request) => {
            plans.push(request.document);
            return planner.plan(request);
          },
        },
        connect: connector.connect,
        ignoreSecurityDirectives: false,
        decidePolicy: NO_POLICY,
        excludedTags: [],
        registered: () => new Set(registered.map((text) => canonicalText(parse(text)))),
        permitClients: () => {},
        cacheStore: null,
        operationCacheBytes: settings.operationCacheBytes,
      },
      settings,
      log,
    );
    defer(() => generations.close());
    const rates = openRates(settings, null, log);
    const server = await createServer({
      settings,
      log,
      generation: generations.current,
      decideLabel: () => false,
      accessTokens: createAccessTokens(settings, log),
      trustedDocuments: NO_DOCUMENTS,
      persistedDocuments: null,
      cacheStore: null,
      turns: createTurns(settings),
      rates,
      subscriptions: createSubscriptions(settings),
      observer: createObserver([], { explains: false, trace: null }),
      meterOfPath: () => null,
    });
    defer(prepareDrain(server));
    const url = `${await server.listen({ host: settings.host, port: settings.port })}/graphql`;
    return {
      url,
      plans,
      federation,
      ask: async (query, { variables = {}, headers = {} } = {}) => {
        const response = await request(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/graphql-response+json',
            ...headers,
          },
          body: JSON.stringify({ query, variables }),
        });
        const { statusCode: status, headers: answered } = response;
        return { status, headers: answered, body: await response.body.json() };
      },
    };
  });
