import type pg from 'pg';
import { signRequest } from '../../contract/signature.ts';
import { GUEST, type Viewer } from '../../contract/viewer.ts';
import { createLog } from '../../process/log.ts';
import type { SubgraphName } from '../../stack/subgraphs.ts';
import { startSubgraph } from '../../subgraphs/kit/server.ts';
import type { SubgraphFactory } from '../../subgraphs/kit/subgraph.ts';
import { cloneDatabase, openPool } from './database.ts';
import { type GraphqlResult, postGraphql } from './http.ts';
import { TEST_SECRET } from './secret.ts';

export interface TestQuery {
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** A guest where it is left out. */
  readonly viewer?: Viewer;
}

/** A subgraph with a server and a database of its own. */
export interface TestSubgraph extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** The same database, to arrange and to look. */
  readonly pool: pg.Pool;
  /** Sends what the router would send: signed, over HTTP. */
  readonly query: (query: TestQuery) => Promise<GraphqlResult>;
  /** How many SQL statements the subgraph sends while `act` runs. */
  readonly countStatements: (act: () => Promise<unknown>) => Promise<number>;
}

/** Starts a subgraph in this process, behind a real server on a free port. */
export const startTestSubgraph = async <Context extends object>(
  factory: SubgraphFactory<Context>,
  options: { readonly database: SubgraphName; readonly seeded: boolean },
): Promise<TestSubgraph> => {
  const database = await cloneDatabase(options.database, options.seeded ? 'seeded' : 'empty');
  const statements: string[] = [];
  const running = await startSubgraph(
    factory,
    {
      mode: 'test',
      logLevel: 'silent',
      host: '127.0.0.1',
      port: 0,
      signingSecret: TEST_SECRET,
      databaseUrl: database.url,
      publicUrl: 'http://localhost:4000',
    },
    createLog(factory.name, 'silent'),
    { onStatement: (text) => statements.push(text) },
  );
  const pool = openPool(database.url);

  return {
    url: running.url,
    pool,
    query: ({ document, variables = {}, viewer = GUEST }) => {
      const body = JSON.stringify({ query: document, variables });
      const caller = { viewer, clientAddress: '127.0.0.1' };
      return postGraphql(`${running.url}/graphql`, body, {
        ...signRequest(TEST_SECRET, factory.name, caller, body),
      });
    },
    countStatements: async (act) => {
      const before = statements.length;
      await act();
      return statements.length - before;
    },
    [Symbol.asyncDispose]: async () => {
      await running.stop();
      await pool.end();
      await database[Symbol.asyncDispose]();
    },
  };
};
