import path from 'node:path';
import { styleText } from 'node:util';
import { Listr, type ListrTask, PRESET_TIMER } from 'listr2';
import type { Shared } from './environment.ts';
import { hasPayments } from './payments.ts';
import type { ReplicaRange } from './replicas.ts';
import type { Progress, Steps } from './stack.ts';
import { type Place, startedHere, subgraphsIn, type Topology } from './topology.ts';

/** Shorter than this, how long something took or how far it is does not interest anyone. */
const WORTH_TELLING_MS = 1000;

const TIMER = { ...PRESET_TIMER, condition: (ms?: number) => (ms ?? 0) > WORTH_TELLING_MS };

const duration = (ms: number): string =>
  ms > WORTH_TELLING_MS ? ` (${(ms / 1000).toFixed(1)} s)` : '';

const print = (text: string): void => void process.stdout.write(text);

interface Showing {
  readonly seed: boolean;
  readonly topology: Topology;
  /** Ends the show at once; what runs is stopped by whoever gave the signal. */
  readonly signal: AbortSignal;
}

/** Runs the steps of a start and shows them: alive on a terminal, a line each elsewhere. */
export const showStart = async (
  steps: Steps,
  { seed, topology, signal }: Showing,
): Promise<void> => {
  const isTerminal = process.stdout.isTTY === true;
  const stopped = once(signal);

  /** `work` gives what is added to the title when it is done. */
  const step = (
    title: string,
    work: (report: (progress: Progress) => void) => Promise<string | undefined>,
  ): ListrTask => ({
    title,
    task: async (_, task) => {
      if (signal.aborted) return task.skip();
      const report = telling((words) => {
        task.title = `${title}, ${words}`;
      });
      const began = Date.now();
      const words = await Promise.race([work(report), stopped]);
      if (signal.aborted) return task.skip();
      task.title = words === undefined ? title : `${title}, ${words}`;
      if (!isTerminal) print(`  ${task.title}${duration(Date.now() - began)}\n`);
    },
  });

  const database = step('Database', async () =>
    (await steps.database()).isNew ? 'made anew' : undefined,
  );
  const migrations = step('Migrations', async () => {
    const applied = await steps.migrations();
    return applied > 0 ? `${applied} applied` : undefined;
  });
  const examples = step('Example data', async (report) => {
    const rows = await steps.seed(report);
    return rows === undefined ? undefined : `${rows} rows written`;
  });
  const subgraphs = step('Subgraphs', async (report) => {
    await steps.subgraphs(report);
    return undefined;
  });
  const router = step('Router', async () => {
    await steps.router();
    return undefined;
  });
  // The router comes last, so that nobody is served before the examples are there.
  const hasProcesses = startedHere(topology).length > 0;
  const beforeRouter = [...(seed ? [examples] : []), ...(hasProcesses ? [subgraphs] : [])];
  const together: ListrTask = {
    task: (_, task) => task.newListr(beforeRouter, { concurrent: true }),
  };
  const tasks = new Listr([database, migrations, together, router], {
    // Ctrl-C is the launcher's: it stops in order what runs already.
    registerSignalListeners: false,
    renderer: isTerminal ? 'default' : 'silent',
    rendererOptions: { timer: TIMER, showErrorMessage: false, collapseSubtasks: false },
  });
  await tasks.run();
};

const once = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });

const telling = (tell: (words: string) => void): ((progress: Progress) => void) => {
  const began = Date.now();
  return ({ done, total, what }) => {
    if (Date.now() - began < WORTH_TELLING_MS) return;
    tell(total > 0 ? `${what} ${done} of ${total}`.trim() : what);
  };
};

/** What one needs to know when everything runs. */
export const readyScreen = (shared: Shared): string => {
  const { settings, data, publicUrl } = shared;
  const rows = [
    ['GraphQL', `${publicUrl}/graphql`],
    ...(settings.mode === 'production'
      ? []
      : [
          ['Sandbox', `${publicUrl}/graphql in a browser`],
          ['GraphiQL', `${publicUrl}/graphiql/`],
        ]),
    ['Health', `${publicUrl}/health`],
    ...placeRows(shared),
    ['Log', path.relative(process.cwd(), data.log)],
    ['Stop', 'Ctrl-C'],
  ];
  const lines = rows.map(([name = '', value]) => `  ${styleText('dim', name.padEnd(9))} ${value}`);
  const hint =
    settings.mode === 'production' ? [] : ['', '  To begin: README.md, "The first query"'];
  return ['', `  ${styleText('bold', 'Emporium is ready')}`, '', ...lines, ...hint, '', ''].join(
    '\n',
  );
};

/** What runs where. */
const placeRows = ({ settings, topology }: Shared): string[][] => {
  const hosted = subgraphsIn(topology, 'in-process');
  const workers = settings.routerWorkers === 1 ? '' : ` (${settings.routerWorkers} workers)`;
  const router = hosted.length === 0 ? `router${workers}` : `router with ${hosted.join(', ')}`;
  const others = [
    ...subgraphsIn(topology, 'process').map((name) => inNumbers(name, settings.replicas[name])),
    ...(hasPayments({ settings, topology }) ? ['payments'] : []),
  ];
  const mocked = subgraphsIn(topology, 'mock');
  const remote = subgraphsIn(topology, 'remote').map((name) => elsewhere(name, topology[name]));
  return [
    ['Processes', [router, ...others].join(hosted.length === 0 ? ', ' : '; ')],
    ...(remote.length === 0 ? [] : [['Elsewhere', remote.join(', ')]]),
    ...(mocked.length === 0 ? [] : [['Mocked', `${mocked.join(', ')} (made up by their schemas)`]]),
  ];
};

const inNumbers = (name: string, { least, most }: ReplicaRange): string => {
  if (most === 1) return name;
  return least === most ? `${name} (${most})` : `${name} (${least} to ${most})`;
};

const elsewhere = (name: string, place: Place): string => {
  if (place.kind !== 'remote') return name;
  return `${name} (${place.urls.map((url) => new URL(url).host).join(', ')})`;
};
