import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDataFolder } from '../../stack/data-folder.ts';
import { routerEnvironment, type Shared, subgraphEnvironment } from '../../stack/environment.ts';
import { readStackSettings } from '../../stack/settings.ts';
import {
  type BySubgraph,
  bySubgraph,
  eachSubgraph,
  type SubgraphName,
} from '../../stack/subgraphs.ts';
import { type Cleanup, withCleanup } from './cleanup.ts';
import { cloneDatabase } from './database.ts';
import { startProcess, type TestProcess } from './processes.ts';
import { TEST_SECRET } from './secret.ts';

/** Where a subgraph of a test runs; two replicas stand for what runs elsewhere. */
export type TestPlace = 'in-process' | 'process' | 'two replicas';

/** The whole market on seeded databases of its own, in one of its shapes. */
export interface TestMarket extends AsyncDisposable {
  /** The router's, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Of the subgraphs that have processes of their own. */
  readonly processes: BySubgraph<readonly TestProcess[]>;
}

const REPLICAS: Readonly<Record<TestPlace, number>> = {
  'in-process': 0,
  process: 1,
  'two replicas': 2,
};

/** Starts the market from dist/ with what the launcher tells its processes. */
export const startInTopology = (places: BySubgraph<TestPlace>): Promise<TestMarket> =>
  withCleanup(async (cleanup) => {
    const shared = await sharedIn(places, cleanup);
    const databases = await eachSubgraph(async (name) =>
      cleanup.use(await cloneDatabase(name, 'seeded')),
    );
    const databaseUrls = bySubgraph((name) => databases[name].url);
    const start = async (script: string, environment: NodeJS.ProcessEnv) =>
      cleanup.use(await startProcess(script, { ...environment, PORT: '0' }));

    const startSubgraph = (name: SubgraphName) =>
      start(`subgraphs/${name}/main.js`, subgraphEnvironment(shared, name, databaseUrls[name]));
    const processes = await eachSubgraph((name) =>
      Promise.all(Array.from({ length: REPLICAS[places[name]] }, () => startSubgraph(name))),
    );
    const endpoints = bySubgraph((name) => {
      const urls = processes[name].map(({ url }) => `${url}/graphql`);
      return urls.length === 0 ? undefined : urls;
    });
    const isAlone = Object.values(places).every((place) => place !== 'in-process');
    const router = await start(
      isAlone ? 'router/main.js' : 'stack/monolith.js',
      routerEnvironment(shared, endpoints, databaseUrls),
    );
    return { url: router.url, processes };
  });

const sharedIn = async (places: BySubgraph<TestPlace>, { defer }: Cleanup): Promise<Shared> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-topology-'));
  defer(() => rm(folder, { recursive: true, force: true }));
  return {
    settings: readStackSettings({ NODE_ENV: 'development', LOG_LEVEL: 'warn' }),
    data: openDataFolder(folder),
    signingSecret: TEST_SECRET,
    publicUrl: 'http://localhost:4000',
    topology: bySubgraph((name) => ({
      kind: places[name] === 'in-process' ? 'in-process' : 'process',
    })),
  };
};
