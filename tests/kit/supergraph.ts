import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KEY_SET_PATH } from '../../contract/access-token.ts';
import {
  type BySubgraph,
  bySubgraph,
  eachSubgraph,
  SUBGRAPHS,
  type SubgraphName,
} from '../../stack/subgraphs.ts';
import { withCleanup } from './cleanup.ts';
import { startCountingProxy } from './counting-proxy.ts';
import { cloneDatabase, clonePayments } from './database.ts';
import { type GraphqlResult, postGraphql } from './http.ts';
import { startProcess, type TestProcess } from './processes.ts';
import { quietPort } from './quiet-port.ts';
import { TEST_SECRET } from './secret.ts';

/** The whole market: subgraphs, payment provider and router, each a process, on seeded databases. */
export interface TestSupergraph extends AsyncDisposable {
  /** The router's, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly router: TestProcess;
  readonly subgraphs: BySubgraph<TestProcess>;
  readonly databaseUrls: BySubgraph<string>;
  /** How many requests the router sent to all subgraphs so far. */
  readonly requests: () => number;
  /** Lets the router reach every subgraph but this one while `act` runs. */
  readonly whileDown: <Result>(name: SubgraphName, act: () => Promise<Result>) => Promise<Result>;
  readonly query: (
    document: { toString(): string },
    options?: {
      readonly variables?: Readonly<Record<string, unknown>>;
      /** The development identity, such as `user_1`. */
      readonly user?: string;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ) => Promise<GraphqlResult>;
}

/** The address that clients are told, and so the issuer of access tokens. */
export const PUBLIC_URL = 'http://localhost:4000';

/** Starts the market from dist/, as the launcher would. */
export const startSupergraph = (): Promise<TestSupergraph> =>
  withCleanup(async ({ use, defer }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'emporium-media-'));
    defer(() => rm(folder, { recursive: true, force: true }));
    const databases = await eachSubgraph(async (name) => use(await cloneDatabase(name, 'seeded')));
    const databaseUrls = bySubgraph((name) => databases[name].url);

    const ledger = use(await clonePayments());

    // Services ask one another through the router, which is told only later where they are.
    const port = await quietPort();
    const common = { NODE_ENV: 'development', SIGNING_SECRET: TEST_SECRET, PORT: '0', PUBLIC_URL };
    const startPayments = async (): Promise<TestProcess> =>
      use(await startProcess('payments/main.js', { ...common, DATABASE_URL_PAYMENTS: ledger.url }));
    const subgraphs = await eachSubgraph(async (name) =>
      use(
        await startProcess(`subgraphs/${name}/main.js`, {
          ...common,
          [`DATABASE_URL_${name.toUpperCase()}`]: databaseUrls[name],
          MEDIA_DIR: folder,
          PAYMENTS_URL: name === 'cart' ? (await startPayments()).url : undefined,
          ROUTER_URL: `http://127.0.0.1:${port}`,
        }),
      ),
    );
    const proxies = await eachSubgraph(async (name) =>
      use(await startCountingProxy(subgraphs[name].url)),
    );
    const routingUrls = SUBGRAPHS.map((name) => [
      `ROUTING_URL_${name.toUpperCase()}`,
      `${proxies[name].url}/graphql`,
    ]);
    const router = use(
      await startProcess('router/main.js', {
        ...common,
        PORT: String(port),
        SUPERGRAPH: path.resolve('supergraph.graphql'),
        SERVICE_OPERATIONS: path.resolve('operations/services'),
        IDENTITY_PROVIDERS: `${PUBLIC_URL}=${subgraphs.users.url}${KEY_SET_PATH}`,
        DEVELOPMENT_IDENTITY: 'on',
        PASS_THROUGH: `/media=${subgraphs.media.url},/.well-known=${subgraphs.users.url}`,
        ...Object.fromEntries(routingUrls),
      }),
    );
    return {
      url: router.url,
      router,
      subgraphs,
      databaseUrls,
      requests: () => SUBGRAPHS.reduce((sum, name) => sum + proxies[name].requests(), 0),
      whileDown: (name, act) => proxies[name].whileDown(act),
      query: (document, { variables = {}, user, headers = {} } = {}) =>
        postGraphql(
          `${router.url}/graphql`,
          JSON.stringify({ query: String(document), variables }),
          user === undefined ? headers : { ...headers, 'emporium-development-user': user },
        ),
    };
  });
