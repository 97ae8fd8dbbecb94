import { seedWhenEmpty } from '../prisma/seed/seed.ts';
import type { Logger } from '../process/log.ts';
import { type CapacityListener, listenForCapacity } from './capacity.ts';
import {
  connectionsFor,
  databaseUrlOf,
  embeddedDatabases,
  migrateAll,
  migratePayments,
} from './databases.ts';
import {
  mockEnvironment,
  paymentsEnvironment,
  routerEnvironment,
  type Shared,
  subgraphEnvironment,
} from './environment.ts';
import { compiled } from './folders.ts';
import { hasPayments, PAYMENTS_DATABASE } from './payments.ts';
import { type Postgres, startPostgres } from './postgres/postgres.ts';
import { isScaled, type Replicas, startReplicas } from './replicas.ts';
import {
  type BySubgraph,
  bySubgraph,
  eachSubgraph,
  SUBGRAPHS,
  type SubgraphName,
} from './subgraphs.ts';
import { type Service, startService } from './supervisor.ts';
import { isOurs, startedHere, subgraphsIn } from './topology.ts';

/** How far a step is; `total` is 0 where that is not known. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

/** The steps of a start, each given to the screen as it runs. */
export interface Steps {
  readonly database: () => Promise<{ readonly isNew: boolean }>;
  /** Gives how many migrations were applied. */
  readonly migrations: () => Promise<number>;
  /** Gives how many rows were written; undefined when there was something already. */
  readonly seed: (report: (progress: Progress) => void) => Promise<number | undefined>;
  readonly subgraphs: (report: (progress: Progress) => void) => Promise<void>;
  readonly router: () => Promise<void>;
}

/** Everything that runs on this machine. */
export interface Stack {
  readonly steps: Steps;
  readonly services: {
    readonly router?: Service;
    readonly payments?: Service;
    readonly subgraphs: readonly Named[];
  };
  /** Router, then subgraphs, then what they ask, then database: nobody loses what they still need. */
  readonly stop: () => Promise<void>;
  /** The same at once, without waiting for requests; data that was committed is kept. */
  readonly kill: () => void;
}

interface Named {
  readonly name: SubgraphName;
  readonly service: Service;
}

interface StackOptions {
  readonly shared: Shared;
  readonly log: Logger;
  readonly say: (line: string) => void;
  /** Gives up a start that is under way. */
  readonly signal: AbortSignal;
}

/** The stack, with nothing started yet. `stop` may be called at any time. */
export const createStack = ({ shared, log, say, signal }: StackOptions): Stack => {
  const { settings, data, topology } = shared;
  const subgraphs = new Map<SubgraphName, Replicas>();
  let postgres: Postgres | undefined;
  let router: Service | undefined;
  let payments: Service | undefined;
  let capacity: CapacityListener | undefined;
  const failing = new AbortController();
  const starting = AbortSignal.any([signal, failing.signal]);
  const common = { logFile: data.log, log, say, signal: starting };
  const underWay = new Set<Promise<unknown>>();

  /** Those of subgraphs elsewhere are in somebody else's care. */
  const urls = (): BySubgraph<string | undefined> => {
    const urlOf = databaseUrlOf(settings.databaseUrls, postgres);
    return bySubgraph((name) => (isOurs(topology, name) ? urlOf(name) : undefined));
  };

  /** Known to `stop`, which waits for what is half started. */
  const begin = <T>(work: () => Promise<T>): Promise<T> => {
    const running = work();
    underWay.add(running);
    return running;
  };
  const launch = (name: string, script: string, environment: NodeJS.ProcessEnv, port?: number) =>
    startService({ ...common, name, script: compiled(script), environment, port });
  /** What fails to start gives up what is starting beside it. */
  const start = (...what: Parameters<typeof launch>) =>
    launch(...what).catch((error: unknown) => {
      failing.abort();
      throw error;
    });

  const startDatabase = async (): Promise<{ isNew: boolean }> => {
    const ours = SUBGRAPHS.filter((name) => isOurs(topology, name));
    const databases = [
      ...embeddedDatabases(settings.databaseUrls, ours),
      ...(hasPayments(shared) && settings.paymentsDatabaseUrl === undefined
        ? [PAYMENTS_DATABASE]
        : []),
    ];
    if (databases.length === 0) return { isNew: false };
    const logFile = data.postgresLog;
    postgres = await startPostgres({
      ...common,
      directory: data.path,
      logFile,
      databases,
      maxConnections: connectionsFor(settings.replicas),
    });
    return { isNew: postgres.isNew };
  };

  const paymentsDatabaseUrl = (): string =>
    settings.paymentsDatabaseUrl ?? postgres?.urlFor(PAYMENTS_DATABASE.name) ?? '';

  const migrateEverything = async (): Promise<number> => {
    const [ofSubgraphs, ofPayments] = await Promise.all([
      migrateAll(urls(), settings.databaseUrls),
      hasPayments(shared) ? migratePayments(paymentsDatabaseUrl()) : 0,
    ]);
    return ofSubgraphs + ofPayments;
  };

  /** Before the cart, which is told where it listens. */
  const startPayments = async (): Promise<void> => {
    if (!hasPayments(shared)) return;
    const environment = paymentsEnvironment(shared, paymentsDatabaseUrl());
    payments = await start('payments', 'payments/main.js', environment);
  };
  const paymentsUrl = (): string | undefined => payments?.instance().url;

  const startSubgraphs = async (report: (progress: Progress) => void): Promise<void> => {
    const here = startedHere(topology);
    await eachSubgraph(async (name) => {
      if (!here.includes(name)) return;
      if (name === 'cart') await startPayments();
      const isMocked = topology[name].kind === 'mock';
      const script = isMocked ? 'mocks/main.js' : `subgraphs/${name}/main.js`;
      const environment = isMocked
        ? mockEnvironment(shared, name)
        : subgraphEnvironment(shared, name, urls()[name], paymentsUrl());
      const startOne = (number: number, port?: number): Promise<Service> => {
        const called = number === 1 ? name : `${name} ${number}`;
        // One more is not worth all that runs.
        const isFirst = number <= settings.replicas[name].least;
        return (isFirst ? start : launch)(called, script, environment, port);
      };
      subgraphs.set(name, await startReplicas(settings.replicas[name], startOne, log));
      report({ done: subgraphs.size, total: here.length, what: '' });
    });
  };

  const endpointsOf = (name: SubgraphName): readonly string[] | undefined => {
    const place = topology[name];
    if (place.kind === 'remote') return place.urls;
    return subgraphs.get(name)?.urls.map((url) => `${url}/graphql`);
  };

  /** Where the load of a subgraph decides how many processes it has, the router says what is needed. */
  const listenForNeeds = async (): Promise<void> => {
    const scaled = [...subgraphs].filter(([name]) => isScaled(settings.replicas[name]));
    if (scaled.length === 0) return;
    capacity = await listenForCapacity(
      shared.signingSecret,
      scaled.map(([name, { running, scale }]) => ({
        name,
        count: () => running().length,
        scale: (count) => void scale(count),
      })),
    );
  };

  const startRouter = async (): Promise<void> => {
    if (topology.cart.kind === 'in-process') await startPayments();
    await listenForNeeds();
    const endpoints = bySubgraph(endpointsOf);
    const asks = paymentsUrl();
    const environment = routerEnvironment(shared, endpoints, urls(), asks, capacity?.url);
    const isAlone = subgraphsIn(topology, 'in-process').length === 0;
    const script = isAlone ? 'router/main.js' : 'stack/monolith.js';
    router = await start('router', script, environment, settings.port);
  };

  const steps: Steps = {
    database: () => begin(startDatabase),
    migrations: migrateEverything,
    seed: async (report) => {
      const { seeded, rows } = await seedWhenEmpty(urls(), report);
      return seeded ? rows : undefined;
    },
    subgraphs: (report) => begin(() => startSubgraphs(report)),
    router: () => begin(startRouter),
  };

  return {
    steps,
    get services() {
      return {
        subgraphs: [...subgraphs].flatMap(([name, { running }]) =>
          running().map((service) => ({ name, service })),
        ),
        ...(router === undefined ? {} : { router }),
        ...(payments === undefined ? {} : { payments }),
      };
    },
    stop: async () => {
      failing.abort();
      await Promise.allSettled(underWay);
      await capacity?.close();
      await router?.stop();
      await Promise.all([...subgraphs.values()].map((replicas) => replicas.stop()));
      await payments?.stop();
      await postgres?.stop();
    },
    kill: () => {
      const others = [...subgraphs.values()].flatMap((replicas) => replicas.pids());
      for (const pid of [router?.instance().pid, payments?.instance().pid, ...others]) {
        signalGroup(pid, 'SIGKILL');
      }
      // Immediate shutdown: a postmaster that is killed outright leaves its children for a moment.
      signalGroup(postgres?.pid(), 'SIGQUIT');
    },
  };
};

const signalGroup = (pid: number | undefined, name: NodeJS.Signals): void => {
  if (pid === undefined || pid === 0) return;
  try {
    process.kill(name === 'SIGKILL' ? -pid : pid, name);
  } catch {
    // It is gone already.
  }
};
