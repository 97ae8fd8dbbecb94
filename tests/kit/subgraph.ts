import type pg from 'pg';
import { signRequest } from '../../contract/signature.ts';
import { GUEST, type Viewer } from '../../contract/viewer.ts';
import { createLog } from '../../process/log.ts';
import { readRouterSettings } from '../../router/settings.ts';
import {
  createSubscriber,
  createSubscriptionConnections,
  type SubgraphEvents,
} from '../../router/transport/subscribe.ts';
import type { SubgraphName } from '../../stack/subgraphs.ts';
import { startSubgraph } from '../../subgraphs/kit/server.ts';
import type { SubgraphFactory } from '../../subgraphs/kit/subgraph.ts';
import { withCleanup } from './cleanup.ts';
import { cloneDatabase, openPool } from './database.ts';
import { type GraphqlResult, postGraphql } from './http.ts';
import { TEST_SECRET } from './secret.ts';

export interface TestQuery {
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** A guest where it is left out. */
  readonly viewer?: Viewer;
  /** Where the client is; 127.0.0.1 where it is left out. */
  readonly clientAddress?: string | null;
}

/** A subgraph with a server and a database of its own. */
export interface TestSubgraph extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly databaseUrl: string;
  /** The same database, to arrange and to look. */
  readonly pool: pg.Pool;
  /** Sends what the router would send: signed, over HTTP. */
  readonly query: (query: TestQuery) => Promise<GraphqlResult>;
  /** Subscribes as the router does, when it is first asked for an event. */
  readonly subscribe: (query: TestQuery) => SubgraphEvents;
  /**
   * How many SQL statements the subgraph sends while `act` runs.
   *
   * @param aside those that it sends now and then whatever is asked
   */
  readonly countStatements: (act: () => Promise<unknown>, aside?: RegExp) => Promise<number>;
  /** Ends the server in good order. */
  readonly stop: () => Promise<void>;
}

/** Starts a subgraph in this process, behind a real server on a free port. */
export const startTestSubgraph = <Context extends object>(
  factory: SubgraphFactory<Context>,
  options: {
    readonly database: SubgraphName;
    readonly seeded: boolean;
    readonly tracesEndpoint?: string;
  },
): Promise<TestSubgraph> =>
  withCleanup(async ({ use }) => {
    const database = use(
      await cloneDatabase(options.database, options.seeded ? 'seeded' : 'empty'),
    );
    return use(await serve(factory, database.url, options.tracesEndpoint));
  });

/** Starts another server of a subgraph on the database of one that runs. */
export const startTwin = <Context extends object>(
  factory: SubgraphFactory<Context>,
  { databaseUrl }: TestSubgraph,
): Promise<TestSubgraph> => serve(factory, databaseUrl);

const serve = <Context extends object>(
  factory: SubgraphFactory<Context>,
  databaseUrl: string,
  tracesEndpoint: string | null = null,
): Promise<TestSubgraph> =>
  withCleanup(async ({ defer }) => {
    const statements: string[] = [];
    const running = await startSubgraph(
      factory,
      {
        mode: 'test',
        logLevel: 'silent',
        host: '127.0.0.1',
        port: 0,
        signingSecret: TEST_SECRET,
        databaseUrl,
        publicUrl: 'http://localhost:4000',
        routerUrl: 'http://127.0.0.1:9',
        tracesEndpoint,
      },
      createLog(factory.name, 'silent'),
      { onStatement: (text) => statements.push(text) },
    );
    const pool = openPool(databaseUrl);
    const settings = { ...readRouterSettings({}), signingSecret: TEST_SECRET };
    const connections = createSubscriptionConnections(settings);
    const target = { name: factory.name, url: `${running.url}/graphql` };
    const subscribe = createSubscriber(settings, target, connections);
    let isStopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (isStopped ??= running.stop());
    defer(() => pool.end());
    defer(stop);
    defer(() => connections.destroy());
    const callerOf = ({ viewer = GUEST, clientAddress = '127.0.0.1' }: TestQuery) => ({
      viewer,
      clientAddress,
    });

    return {
      url: running.url,
      databaseUrl,
      pool,
      query: (query) => {
        const { document, variables = {} } = query;
        const body = JSON.stringify({ query: document, variables });
        return postGraphql(`${running.url}/graphql`, body, {
          ...signRequest(TEST_SECRET, factory.name, callerOf(query), body),
        });
      },
      subscribe: (query) => {
        const request = { query: query.document, variables: query.variables ?? {} };
        return subscribe(callerOf(query), request, new AbortController().signal);
      },
      countStatements: async (act, aside) => {
        const before = statements.length;
        await act();
        const sent = statements.slice(before);
        return sent.filter((text) => aside === undefined || !aside.test(text)).length;
      },
      stop,
    };
  });
