import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ListeningMessage } from '../../process/lifecycle.ts';
import { compiled } from '../../stack/folders.ts';

/** A process of the project, as the build compiled it. */
export interface TestProcess extends AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;
  /** Resolves when it prints `text`, from now on. */
  readonly printed: (text: string) => Promise<void>;
  /** SIGTERM, and wait until it is gone; gives the exit code. */
  readonly stop: () => Promise<number | null>;
  /** SIGKILL, and wait until it is gone. */
  readonly kill: () => Promise<void>;
}

/**
 * Starts `dist/<script>` and waits until it listens.
 *
 * @throws Error with what it printed, where it ends instead
 */
export const startProcess = async (
  script: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<TestProcess> => {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [compiled(script)], {
    env: { PATH, LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  child.stdout?.on('data', (chunk) => (printed += chunk));
  child.stderr?.on('data', (chunk) => (printed += chunk));
  const exited = once(child, 'exit');
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await exited;
    }
    return child.exitCode;
  };
  const listening = await Promise.race([
    once(child, 'message'),
    exited.then(() => {
      throw new Error(`${script} ended before it listened:\n${printed}`);
    }),
  ]);
  // The only message that a process of the project sends.
  const [{ url }] = listening as [ListeningMessage];
  return {
    url,
    child,
    stop,
    printed: async (text) => {
      const from = printed.length;
      while (!printed.includes(text, from)) {
        if (child.stdout === null) throw new Error('its output is not read');
        await once(child.stdout, 'data');
      }
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
    },
  };
};
