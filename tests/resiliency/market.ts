import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { request } from 'undici';
import { KEY_SET_PATH } from '../../contract/access-token.ts';
import {
  type BySubgraph,
  bySubgraph,
  eachSubgraph,
  SUBGRAPHS,
  type SubgraphName,
} from '../../stack/subgraphs.ts';
import { withCleanup } from '../kit/cleanup.ts';
import { cloneDatabase, clonePayments } from '../kit/database.ts';
import type { GraphqlResult } from '../kit/http.ts';
import { startProcess, type TestProcess } from '../kit/processes.ts';
import { quietPort } from '../kit/quiet-port.ts';
import { REDIS, startRedis, type TestRedis } from '../kit/redis.ts';
import { TEST_SECRET } from '../kit/secret.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { leaksIn } from './leaks.ts';

/** How long the router waits for a subgraph, in milliseconds. */
const SUBGRAPH_TIMEOUT_MS = 3_000;
export const MAX_RESPONSE_BYTES = 1_000_000;

/** Two time-outs, one after the other, and what a busy machine takes beside them. */
const PATIENCE_MS = 4 * SUBGRAPH_TIMEOUT_MS + 10_000;

/** Not this machine's, so that an address of this machine is never meant to be seen. */
const PUBLIC_URL = 'https://market.example';

/** `plain` is one process; `shared` is two workers that keep answers in Redis. */
export type RouterKind = 'plain' | 'shared';

/** What came of a download. */
export interface Downloaded {
  readonly status: number;
  /** SHA-256 of its bytes. */
  readonly digest: string;
  readonly code: string | undefined;
}

/** The whole market as processes, with a proxy on every way between two of them. */
export interface Market extends AsyncDisposable {
  readonly routers: Readonly<Record<RouterKind, TestProcess>>;
  /** Between the routers and each subgraph. */
  readonly services: BySubgraph<FaultProxy>;
  /** Between each subgraph and its database. */
  readonly databases: BySubgraph<FaultProxy>;
  readonly databaseUrls: BySubgraph<string>;
  /** Null where there is no Redis on this machine. */
  readonly redis: { readonly server: TestRedis; readonly proxy: FaultProxy } | null;
  readonly mediaFolder: string;
  readonly processOf: (name: SubgraphName) => TestProcess;
  /** kill -9, and again at the same place. */
  readonly restart: (
    name: SubgraphName,
    environment?: Readonly<Record<string, string>>,
  ) => Promise<void>;
  /** On a connection of its own. @throws where the answer leaks anything, or does not come */
  readonly ask: (
    router: RouterKind,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ) => Promise<GraphqlResult>;
  /** @param url as the market tells it */
  readonly download: (url: string) => Promise<Downloaded>;
}

export const startMarket = (): Promise<Market> =>
  withCleanup(async ({ use, defer }) => {
    const mediaFolder = await mkdtemp(path.join(tmpdir(), 'emporium-media-'));
    defer(() => rm(mediaFolder, { recursive: true, force: true }));
    const clones = await eachSubgraph(async (name) => use(await cloneDatabase(name, 'seeded')));
    const databases = await eachSubgraph(async (name) =>
      use(await startFaultProxy(Number(new URL(clones[name].url).port))),
    );
    const ledger = use(await clonePayments());
    const redis = REDIS ? await redisBehindProxy(use) : null;

    const ports = await eachSubgraph(quietPort);
    const routerPort = await quietPort();
    const common = { NODE_ENV: 'development', SIGNING_SECRET: TEST_SECRET, PUBLIC_URL };
    const payments = use(
      await startProcess('payments/main.js', {
        ...common,
        PORT: '0',
        DATABASE_URL_PAYMENTS: ledger.url,
      }),
    );
    const start = (
      name: SubgraphName,
      environment: Readonly<Record<string, string>> = {},
    ): Promise<TestProcess> => {
      const database = new URL(clones[name].url);
      database.port = String(databases[name].port);
      return startProcess(`subgraphs/${name}/main.js`, {
        ...common,
        LOG_LEVEL: 'fatal',
        PORT: String(ports[name]),
        [`DATABASE_URL_${name.toUpperCase()}`]: database.href,
        MEDIA_DIR: mediaFolder,
        PAYMENTS_URL: name === 'cart' ? payments.url : undefined,
        ROUTER_URL: `http://127.0.0.1:${routerPort}`,
        ...environment,
      });
    };
    const running = { ...(await eachSubgraph((name) => start(name))) };
    defer(async () => {
      await Promise.all(Object.values(running).map((each) => each.kill()));
    });
    const services = await eachSubgraph(async (name) => use(await startFaultProxy(ports[name])));

    const placeOf = (name: SubgraphName): string => `http://127.0.0.1:${services[name].port}`;
    const routing = SUBGRAPHS.map((name) => [
      `ROUTING_URL_${name.toUpperCase()}`,
      `${placeOf(name)}/graphql`,
    ]);
    const startRouter = async (settings: Readonly<Record<string, string>>): Promise<TestProcess> =>
      use(
        await startProcess('router/main.js', {
          ...common,
          LOG_LEVEL: 'fatal',
          SUPERGRAPH: path.resolve('supergraph.graphql'),
          SERVICE_OPERATIONS: path.resolve('operations/services'),
          IDENTITY_PROVIDERS: `${PUBLIC_URL}=${placeOf('users')}${KEY_SET_PATH}`,
          PASS_THROUGH: `/media=${placeOf('media')}`,
          SUBGRAPH_ERRORS: 'hide',
          SUBGRAPH_TIMEOUT_MS: String(SUBGRAPH_TIMEOUT_MS),
          SUBGRAPH_CONNECT_TIMEOUT_MS: String(SUBGRAPH_TIMEOUT_MS),
          SUBGRAPH_MAX_RESPONSE_BYTES: String(MAX_RESPONSE_BYTES),
          ...Object.fromEntries(routing),
          ...settings,
        }),
      );
    const routers = {
      plain: await startRouter({ PORT: String(routerPort) }),
      shared: await startRouter({
        PORT: '0',
        // Says when its workers are there.
        LOG_LEVEL: 'info',
        ROUTER_WORKERS: '2',
        ...(redis !== null && {
          CACHE: 'redis',
          REDIS_URL: `redis://127.0.0.1:${redis.proxy.port}`,
          REQUESTS_PER_MINUTE_PER_ADDRESS: '1000000',
        }),
      }),
    };
    return {
      routers,
      services,
      databases,
      databaseUrls: bySubgraph((name) => clones[name].url),
      redis,
      mediaFolder,
      processOf: (name) => running[name],
      restart: async (name, environment) => {
        await running[name].kill();
        running[name] = await start(name, environment);
      },
      ask: async (router, query, variables = {}) => {
        const { statusCode, text } = await send(`${routers[router].url}/graphql`, {
          method: 'POST',
          body: JSON.stringify({ query, variables }),
        });
        return { status: statusCode, ...JSON.parse(text.toString()) };
      },
      download: async (url) => {
        const { pathname } = new URL(url);
        const { statusCode, text } = await send(`${routers.plain.url}${pathname}`);
        return {
          status: statusCode,
          digest: createHash('sha256').update(text).digest('hex'),
          code:
            statusCode < 400 ? undefined : JSON.parse(text.toString()).errors[0].extensions.code,
        };
      },
    };
  });

const redisBehindProxy = async (use: <Each extends AsyncDisposable>(each: Each) => Each) => {
  const server = use(await startRedis());
  return { server, proxy: use(await startFaultProxy(server.port)) };
};

/** @throws where the answer leaks anything */
const send = async (
  url: string,
  { method = 'GET', body }: { method?: 'GET' | 'POST'; body?: string } = {},
): Promise<{ readonly statusCode: number; readonly text: Buffer }> => {
  const answer = await request(url, {
    method,
    body: body ?? null,
    headers: { 'content-type': 'application/json' },
    // On a connection of its own: any worker may take it.
    reset: true,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = Buffer.from(await answer.body.arrayBuffer());
  const isPicture = String(answer.headers['content-type']).startsWith('image/');
  const leaks = leaksIn(`${JSON.stringify(answer.headers)}\n${isPicture ? '' : text.toString()}`);
  if (leaks.length > 0) throw new Error(`the answer of ${url} leaks ${leaks.join(', ')}`);
  return { statusCode: answer.statusCode, text };
};
