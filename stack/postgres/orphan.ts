import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from '../../process/log.ts';
import { commandOf, isAlive, waitForDeath } from '../living.ts';

const FAST_LIMIT_MS = 10_000;
const IMMEDIATE_LIMIT_MS = 5_000;

/**
 * Stops a postmaster that outlived its launcher. It is known by its command line, since the process
 * id in postmaster.pid may by now be another's; PostgreSQL itself would refuse to start then.
 */
export const stopOrphan = async (cluster: string, log?: Logger): Promise<void> => {
  const file = path.join(cluster, 'postmaster.pid');
  const pid = readPid(file);
  // A stale file of a dead process is PostgreSQL's to judge: its children may still be alive.
  if (pid === undefined || !isAlive(pid)) return;
  if (!isPostmasterOf(pid, cluster)) return rmSync(file, { force: true });

  log?.warn({ pid }, 'a postmaster outlived its launcher; stopping it');
  await endPostmaster(pid);
};

/** Fast shutdown: sessions are ended, what they committed is kept. Ever harder when that hangs. */
export const endPostmaster = async (pid: number): Promise<void> => {
  signal(pid, 'SIGINT');
  if (await waitForDeath(pid, FAST_LIMIT_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await waitForDeath(pid, IMMEDIATE_LIMIT_MS)) return;
  signal(pid, 'SIGKILL');
  await waitForDeath(pid, IMMEDIATE_LIMIT_MS);
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already.
  }
};

const readPid = (file: string): number | undefined => {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
};

const isPostmasterOf = (pid: number, cluster: string): boolean => {
  const command = commandOf(pid);
  return command.includes('postgres') && command.includes(cluster);
};
