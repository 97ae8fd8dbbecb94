import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { quietPort } from './quiet-port.ts';

const isInstalled = (): boolean => {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    return false;
  }
};

/** Whether a Redis can be started here (on Debian: `apt-get install redis-server`). */
export const REDIS = isInstalled();

/** A Redis of a test's own. */
export interface TestRedis extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** As a process that is stuck: it keeps its connections and answers nothing. */
  readonly hang: () => void;
  /** SIGKILL, and wait until it is gone. */
  readonly kill: () => Promise<void>;
}

/** Starts a Redis that keeps nothing on the disk, and waits until it takes connections. */
export const startRedis = async (port?: number): Promise<TestRedis> => {
  const chosen = port ?? (await quietPort());
  const options = [
    '--port',
    String(chosen),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--dir',
    tmpdir(),
  ];
  const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('Ready to accept connections')) break;
  }
  if (child.exitCode !== null) throw new Error('redis-server ended before it was ready');
  // Whatever it writes later is read by nobody, and must not block it.
  child.stdout.resume();
  return {
    url: `redis://127.0.0.1:${chosen}`,
    port: chosen,
    hang: () => void child.kill('SIGSTOP'),
    kill,
    [Symbol.asyncDispose]: kill,
  };
};
