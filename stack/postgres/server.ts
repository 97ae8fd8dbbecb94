import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instance } from '../../process/keep-running.ts';
import type { Logger } from '../../process/log.ts';
import { SettingsError } from '../../process/settings.ts';
import { type Account, runAs } from './account.ts';
import type { Binaries } from './binaries.ts';
import { damaged, databaseEnvironment } from './cluster.ts';
import { endPostmaster, stopOrphan } from './orphan.ts';

export interface Server {
  readonly binaries: Binaries;
  readonly account: Account;
  /** The data folder. */
  readonly cluster: string;
  /** Where the server writes what it has to say. */
  readonly logFile: string;
  readonly maxConnections: number;
  readonly log: Logger;
}

/** fsync stays on: what was acknowledged survives. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // Paths of sockets may be 107 bytes long, data folders longer.
  unix_socket_directories: '',
  shared_buffers: '64MB',
  wal_compression: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
};

/** Replaying the log after a crash may take a while. */
const START_LIMIT_MS = 60_000;
const BUSY_PORT = /could not create any TCP\/IP sockets|Address already in use/;
const CHILDREN_REMAIN =
  /pre-existing shared memory block|lock file "postmaster.pid" already exists/;
const DAMAGE =
  /control file|checkpoint record|checksum|could not (?:open|read|access) (?:file|directory)|incompatible|not a valid data directory|invalid data|unexpected data/;

/** The port belongs to someone else. */
export class BusyPortError extends Error {}

/**
 * Starts the postmaster and waits until it accepts connections. It is a session leader of its own,
 * so that Ctrl-C in the terminal reaches the launcher alone, which drains before the database goes.
 *
 * @throws BusyPortError, or SettingsError with the server's own last word
 */
export const startServer = async (
  server: Server,
  port: number,
  stopping: AbortSignal,
): Promise<Instance> => {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    stopping.throwIfAborted();
    await stopOrphan(server.cluster, server.log);
    const attempt = launch(server, port);
    const outcome = await Promise.race([
      attempt.instance.exited,
      ready(server.cluster, attempt.instance.pid, deadline, stopping),
    ]);
    if (outcome === READY) return attempt.instance;
    await attempt.instance.stop();
    stopping.throwIfAborted();

    const words = attempt.words();
    if (BUSY_PORT.test(words)) throw new BusyPortError(`port ${port} is in use`);
    // Children of a killed postmaster need a moment to notice.
    if (!CHILDREN_REMAIN.test(words) || Date.now() > deadline) throw reason(server, words);
    await sleep(200);
  }
};

const READY = Symbol('ready');

const launch = (
  { binaries, account, cluster, logFile, maxConnections }: Server,
  port: number,
): { instance: Instance; words: () => string } => {
  const settings = Object.entries({
    ...SETTINGS,
    max_connections: String(maxConnections),
    port: String(port),
  });
  const { file, args, ids } = runAs(account, [
    binaries.postgres,
    '-D',
    cluster,
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const output = openSync(logFile, 'a', 0o600);
  const from = statSync(logFile).size;
  const child = spawn(file, args, {
    ...ids,
    cwd: '/',
    env: databaseEnvironment(),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const pid = child.pid ?? 0;
  const stop = async (): Promise<void> => {
    if (pid !== 0 && child.exitCode === null && child.signalCode === null) await endPostmaster(pid);
    await exited;
  };
  const words = () => readFileSync(logFile).subarray(from).toString();
  return { instance: { pid, exited, stop }, words };
};

/** The eighth line of postmaster.pid says how far the postmaster is. */
const ready = async (
  cluster: string,
  pid: number,
  deadline: number,
  stopping: AbortSignal,
): Promise<typeof READY | 'late'> => {
  while (Date.now() < deadline && !stopping.aborted) {
    await sleep(15);
    const lines = readLines(path.join(cluster, 'postmaster.pid'));
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return READY;
  }
  return 'late';
};

const readLines = (file: string): readonly string[] => {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
};

const reason = ({ cluster, logFile }: Server, words: string): SettingsError => {
  const complaints = [...words.matchAll(/(?:FATAL|PANIC):\s+(.*)/g)];
  const complaint = complaints.at(0)?.[1] ?? words.trim().split('\n').at(-1) ?? '';
  if (DAMAGE.test(words)) return damaged(cluster, complaint);
  return new SettingsError(`PostgreSQL does not start: ${complaint} (its log: ${logFile})`);
};
