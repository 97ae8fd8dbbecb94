import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { request } from 'undici';
import { createLog } from '../../process/log.ts';
import { type RouterSettings, readRouterSettings } from '../../router/settings.ts';
import { startRouter } from '../../router/start.ts';
import { startPlanner } from '../../router/supergraph/planner.ts';
import { temporaryFolder } from '../stack/folders.ts';
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
  /** What the service `cart` may ask. */
  registered: readonly string[] = [],
): Promise<CountedRouter> =>
  withCleanup(async ({ use, defer }) => {
    const federation = use(await startSmallFederation({ one: subgraph }));
    const operations = temporaryFolder();
    defer(async () => operations[Symbol.dispose]());
    const cart = path.join(operations.path, 'cart');
    mkdirSync(cart);
    registered.forEach((text, number) => {
      writeFileSync(path.join(cart, `${number}.graphql`), text);
    });
    const settings = {
      ...readRouterSettings({}),
      port: 0,
      supergraph: federation.supergraph,
      signingSecret: TEST_SECRET,
      developmentIdentity: true,
      serviceOperations: operations.path,
      ...overrides,
    };
    const plans: string[] = [];
    const planner = startPlanner(settings);
    const router = await startRouter(settings, createLog('router', 'silent'), {
      planner: {
        ...planner,
        plan: (asked) => {
          plans.push(asked.document);
          return planner.plan(asked);
        },
      },
    });
    defer(router.stop);
    const url = `${router.url}/graphql`;
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
