import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { quietPort } from '../kit/quiet-port.ts';

/** `npm start` as a process, on a data folder and a port of its own. */
export interface Launched extends AsyncDisposable {
  readonly port: number;
  readonly process: ChildProcess;
  /** What it has printed, both streams. */
  readonly screen: () => string;
  /** Waits until it says that everything runs. @throws with its screen when it ends before */
  readonly ready: () => Promise<void>;
  /** @returns its exit code */
  readonly ended: () => Promise<number | null>;
  /** Ids and command lines of the processes that it has started and that still run. */
  readonly servants: () => readonly Servant[];
}

interface LaunchOptions {
  readonly port?: number;
  readonly args?: readonly string[];
  /** The default is off, which is faster. */
  readonly seed?: 'auto' | 'off';
  /** Settings beside those of every test. */
  readonly settings?: Readonly<Record<string, string>>;
}

interface Servant {
  readonly pid: number;
  readonly command: string;
}

const START = path.resolve(import.meta.dirname, '../../stack/start.mjs');
const READY_LIMIT_MS = 100_000;

/** Nothing that a developer may have set for servers of their own. */
const PLAIN = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_OPTIONS'];

/** Starts the launcher with settings and arguments; whatever is left of it dies with the test. */
export const launch = async (
  dataFolder: string,
  options: LaunchOptions = {},
): Promise<Launched> => {
  const port = options.port ?? (await quietPort());
  const mark = `EMPORIUM_TEST_MARK=${randomUUID()}`;
  const [name = '', value] = mark.split('=');
  const plain = Object.fromEntries(PLAIN.map((each) => [each, process.env[each]]));
  const child = spawn(process.execPath, [START, '--port', String(port), ...(options.args ?? [])], {
    env: {
      ...plain,
      NODE_ENV: 'development',
      SEED: options.seed ?? 'off',
      DATA_DIR: dataFolder,
      ...options.settings,
      [name]: value,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      printed += String(chunk);
    });
  }
  const ending = once(child, 'close');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  const servants = (): readonly Servant[] =>
    processes()
      .filter(({ pid, command }) => {
        const isOurs = command.includes(mark) || command.includes(`${dataFolder}/postgres`);
        return isOurs && pid !== child.pid && !command.includes('<defunct>');
      })
      .map(({ pid, command }) => ({ pid, command: command.slice(0, 200) }));

  const ready = async (): Promise<void> => {
    for (const deadline = Date.now() + READY_LIMIT_MS; ; await sleep(50)) {
      if (printed.includes('Emporium is ready')) return;
      if (hasEnded() || Date.now() > deadline) throw new Error(`not ready:\n${printed}`);
    }
  };
  return {
    port,
    process: child,
    screen: () => printed,
    ready,
    ended: async () => {
      await ending;
      return child.exitCode;
    },
    servants,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ending;
      for (const { pid } of servants()) kill(pid);
    },
  };
};

/** The scripts of the project's own processes that it has started. */
export const scriptsOf = (launched: Launched): readonly string[] =>
  launched
    .servants()
    .flatMap(({ command }) => /dist\/(\S+\.js)/.exec(command)?.[1] ?? [])
    .sort();

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
};

/** All processes, each with its command line and its environment. */
const processes = (): readonly Servant[] => {
  const flags = process.platform === 'linux' ? 'axeww' : 'axEww';
  const list = execFileSync('ps', [flags, '-o', 'pid=,args='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return list.split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || command === undefined ? [] : [{ pid: Number(pid), command }];
  });
};
