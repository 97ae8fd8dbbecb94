import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Instance, type Kept, keepRunning, type Leaving } from '../process/keep-running.ts';
import { isListening, type RetireMessage } from '../process/lifecycle.ts';
import type { Logger } from '../process/log.ts';
import { SettingsError } from '../process/settings.ts';
import { quietPort, tryPort } from './ports.ts';

/** A server of ours that runs as a process, and where it listens. */
interface RunningService extends Instance {
  readonly url: string;
}

export type Service = Kept<RunningService>;

export interface ServiceOptions {
  readonly name: string;
  /** A compiled file, started with Node. */
  readonly script: string;
  /** PORT is added: the same at every start, so that its URL stays true. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where it listens; the default is any port that is free. */
  readonly port?: number | undefined;
  /** Its standard output is appended here as it is; its standard error through `log`. */
  readonly logFile: string;
  readonly log: Logger;
  readonly say?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Longer than a server gives itself to drain. */
const STOP_LIMIT_MS = 25_000;
const START_LIMIT_MS = 60_000;

/**
 * Starts a server and keeps it running.
 *
 * @throws SettingsError with its own last words when it dies before it listens for the first time
 */
export const startService = (options: ServiceOptions): Promise<Service> => {
  let { port } = options;
  return keepRunning({
    name: options.name,
    log: options.log,
    ...(options.say === undefined ? {} : { say: options.say }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    start: async (signal) => {
      const service = await (port === undefined
        ? startAnywhere(options, signal)
        : startOnce(options, port, signal));
      port = Number(new URL(service.url).port);
      return service;
    },
  });
};

/** The port is chosen here, since it has to be one that it finds free when it is started again. */
const startAnywhere = async (
  options: ServiceOptions,
  signal: AbortSignal,
): Promise<RunningService> => {
  const port = await quietPort();
  try {
    return await startOnce(options, port, signal);
  } catch (error) {
    const isTaken = (await tryPort(port, '127.0.0.1')) === undefined;
    // Somebody took the port between the look and the start.
    if (isTaken && !signal.aborted) return startAnywhere(options, signal);
    throw error;
  }
};

const startOnce = async (
  options: ServiceOptions,
  port: number,
  signal: AbortSignal,
): Promise<RunningService> => {
  signal.throwIfAborted();
  const child = launch(options, port);
  const lastWords = collectWords(child, options);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // `close` comes after the last line of standard error.
    child.once('close', (code, by) => resolve(by ?? `exit code ${code}`));
  });
  const stop = async (leaving: Leaving = 'stopped'): Promise<void> => {
    if (leaving === 'retired') return retire(child, exited);
    child.kill('SIGTERM');
    const limit = setTimeout(() => killGroup(child), STOP_LIMIT_MS);
    await exited;
    clearTimeout(limit);
  };
  const outcome = await Promise.race([
    listening(child),
    exited.then((how) => ({ how })),
    aborted(signal).then(() => ({ how: 'it was stopped' })),
    late().then((how) => ({ how })),
  ]);
  if ('url' in outcome) return { pid: child.pid ?? 0, url: outcome.url, exited, stop };
  await stop();
  const reason = lastWords() ?? outcome.how;
  throw new SettingsError(
    `${options.name} does not start: ${reason} (its log: ${options.logFile})`,
  );
};

/** Without a limit: the process has one of its own, and can still be stopped. */
const retire = async (child: ChildProcess, exited: Promise<unknown>): Promise<void> => {
  // Where it is gone already, nobody has to be told.
  child.send({ type: 'retire' } satisfies RetireMessage, () => {});
  await exited;
};

/**
 * A group of its own: Ctrl-C in the terminal reaches the launcher alone, which stops the others in
 * order. Its log is a file and not a pipe, so that it can still be written to by a server that
 * outlives the launcher and drains.
 */
const launch = (options: ServiceOptions, port: number): ChildProcess => {
  const output = openSync(options.logFile, 'a', 0o600);
  const child = spawn(process.execPath, ['--enable-source-maps', options.script], {
    env: { ...options.environment, PORT: String(port) },
    detached: true,
    stdio: ['ignore', output, 'pipe', 'ipc'],
  });
  closeSync(output);
  // What it had started itself must not stay behind when it was killed.
  child.once('exit', () => killGroup(child));
  return child;
};

const killGroup = (child: ChildProcess): void => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left of it.
  }
};

/** Lines that say nothing of their own. */
const FRAME = /^\s*$|^\s+at |^Node\.js v|^\s*\^|^\}|^\s{2,}\S/;

/** Hands on what a process writes to standard error. @returns its last telling line. */
const collectWords = (child: ChildProcess, { name, log }: ServiceOptions) => {
  let last: string | undefined;
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      log.warn({ process: name }, line);
      if (!FRAME.test(line)) last = line.trim();
    });
  }
  return (): string | undefined => last;
};

const listening = (child: ChildProcess): Promise<{ readonly url: string }> =>
  new Promise((resolve) => {
    child.on('message', (message) => {
      if (isListening(message)) resolve({ url: message.url });
    });
  });

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

const late = (): Promise<string> =>
  new Promise((resolve) => {
    const limit = `it did not listen within ${START_LIMIT_MS / 1000} s`;
    setTimeout(() => resolve(limit), START_LIMIT_MS).unref();
  });
