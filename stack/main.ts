import { setTimeout as sleep } from 'node:timers/promises';
import { destination, type Logger, pino } from 'pino';
import { DRAIN_LIMIT_MS } from '../process/lifecycle.ts';
import { SettingsError } from '../process/settings.ts';
import {
  type DataFolder,
  developmentSecret,
  lockDataFolder,
  openDataFolder,
  rotate,
} from './data-folder.ts';
import { watchSources } from './dev.ts';
import type { Shared } from './environment.ts';
import { listenForStop } from './interruption.ts';
import { tryPort } from './ports.ts';
import { reset } from './reset.ts';
import { readyScreen, showStart } from './screen.ts';
import { readStackSettings, type StackSettings } from './settings.ts';
import { createStack } from './stack.ts';
import {
  refuseMocksInProduction,
  refuseReplicasElsewhere,
  refuseUnsharedSecret,
  refuseWorkersWithin,
  subgraphsIn,
  type Topology,
} from './topology.ts';
import { chooseTopology, mockInstead } from './topology-choice.ts';

/** The command line, as start.mjs reads it. */
export interface Options {
  readonly dev: boolean;
  readonly reset: boolean;
  /** Answers the question that `reset` asks. */
  readonly yes: boolean;
  readonly port?: number | undefined;
  /** What runs where: `services`, `monolith`, or a file that says so. */
  readonly topology?: string | undefined;
  /** Subgraphs that are made up, with commas between them. */
  readonly mock?: string | undefined;
}

const print = (text: string): void => void process.stdout.write(text);

/** Runs the whole of Emporium on this machine until it is told to stop, then ends this process. */
export const main = async (options: Options): Promise<void> => {
  // A terminal that was closed must not keep the servers from being stopped in order.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  try {
    await open(options);
  } catch (error) {
    process.exitCode = 1;
    const known = error instanceof SettingsError;
    process.stderr.write(`${known ? error.message : wordsFor(error)}\n`);
  }
  process.exit();
};

/** What nobody foresaw is a defect, or the machine's: a full disk, a folder of somebody else's. */
const wordsFor = (error: unknown): string =>
  error instanceof Error && 'code' in error ? error.message : String((error as Error).stack);

const open = async (options: Options): Promise<void> => {
  const port = options.port === undefined ? {} : { PORT: String(options.port) };
  const settings = readStackSettings({ ...process.env, ...port });
  const topology = mockInstead(chooseTopology(options.topology), options.mock);
  refuseMocksInProduction(topology, settings.mode);
  refuseUnsharedSecret(topology, settings.signingSecret);
  refuseReplicasElsewhere(topology, settings.replicas);
  refuseWorkersWithin(settings.routerWorkers, subgraphsIn(topology, 'in-process'));
  const data = openDataFolder(settings.dataFolder);
  const lock = lockDataFolder(data);
  try {
    if (options.reset && !(await reset(data, options))) return;
    const free = await takePort(settings, lock.wasLeftBehind);
    const shared = sharedBy({ ...settings, port: free }, data, topology);
    await run(shared, options, lock.release);
  } finally {
    lock.release();
  }
};

/** Servers that outlive their launcher leave their port as soon as they have drained. */
const takePort = async ({ host, port }: StackSettings, wasLeftBehind: boolean): Promise<number> => {
  const deadline = Date.now() + (wasLeftBehind ? DRAIN_LIMIT_MS : 0);
  for (;;) {
    const free = await tryPort(port, host);
    if (free !== undefined) return free;
    if (Date.now() >= deadline) {
      throw new SettingsError(
        `Port ${port} is in use: stop what listens there, or choose another: npm start -- --port ${port + 100}`,
      );
    }
    await sleep(200);
  }
};

const sharedBy = (settings: StackSettings, data: DataFolder, topology: Topology): Shared => ({
  settings,
  data,
  signingSecret: settings.signingSecret ?? developmentSecret(data),
  publicUrl: settings.publicUrl ?? `http://localhost:${settings.port}`,
  topology,
});

const run = async (shared: Shared, { dev }: Options, release: () => void): Promise<void> => {
  const { settings, data, topology } = shared;
  for (const file of [data.log, data.postgresLog]) rotate(file);
  const log = launcherLog(settings, data);
  const stop = listenForStop(log, () => {
    stack.kill();
    release();
  });
  const say = (line: string): void => print(`  ${line}\n`);
  const stack = createStack({ shared, log, say, signal: stop.signal });
  try {
    await showStart(stack.steps, { seed: settings.seed, topology, signal: stop.signal });
    if (stop.signal.aborted) return;
    print(readyScreen(shared));
    if (dev) await watchSources({ services: stack.services, topology, say, signal: stop.signal });
    await stop.requested;
  } finally {
    if (stop.signal.aborted) print('\n  Stopping; a second Ctrl-C does not wait for requests\n');
    await stack.stop();
    log.info('stopped');
  }
};

const launcherLog = ({ logLevel }: StackSettings, data: DataFolder): Logger =>
  pino(
    { name: 'launcher', level: logLevel },
    // Written at once: what is said about a crash must be there after it.
    destination({ dest: data.log, append: true, sync: true, mode: 0o600 }),
  );
