import { execFile } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { SettingsError } from '../../process/settings.ts';
import { type Account, runAs } from './account.ts';
import type { Binaries } from './binaries.ts';

const CURE = 'restore a backup of it, or delete all data and begin again with npm start -- --reset';

/** Where the data lie in the directory that belongs to a cluster. */
export const clusterFolder = (directory: string): string =>
  path.join(directory, 'postgres', 'cluster');

/** What is wrong with the data folder, and what to do; nothing in it is touched. */
export const damaged = (folder: string, what: string): SettingsError =>
  new SettingsError(`The database folder ${folder} is damaged (${what}): ${CURE}`);

/**
 * Whether there is a cluster in the folder.
 *
 * @throws SettingsError when there is something that PostgreSQL would not open
 */
export const isInitialized = (folder: string, major: string): boolean => {
  if (!existsSync(folder)) return false;
  const versionFile = path.join(folder, 'PG_VERSION');
  if (!existsSync(versionFile)) throw damaged(folder, 'PG_VERSION is missing');
  const version = readFileSync(versionFile, 'utf8').trim();
  if (!/^\d+$/.test(version)) throw damaged(folder, 'PG_VERSION holds no version');
  if (version !== major) {
    throw new SettingsError(
      `The database folder ${folder} was made by PostgreSQL ${version}, this is ${major}: dump it with the old version, or delete all data with npm start -- --reset`,
    );
  }
  if (!existsSync(path.join(folder, 'global', 'pg_control'))) {
    throw damaged(folder, 'global/pg_control is missing');
  }
  return true;
};

/** Makes a folder that only the account may enter. */
export const ownFolder = (folder: string, account: Account): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  giveTo(folder, account);
};

const giveTo = (file: string, { ids }: Account): void => {
  if (ids !== undefined) chownSync(file, ids.uid, ids.gid);
};

const TEMPORARY = 'initializing-';

/**
 * Makes an empty cluster. It is made beside its place and then renamed, so that what is in its place
 * is always complete; what a crash left half-made is deleted.
 *
 * @param folder the cluster's; its parent belongs to the account
 */
export const initialize = async (
  folder: string,
  { binaries, account, password }: { binaries: Binaries; account: Account; password: string },
): Promise<void> => {
  const parent = path.dirname(folder);
  for (const name of readdirSync(parent)) {
    if (name.startsWith(TEMPORARY)) rmSync(path.join(parent, name), { recursive: true });
  }
  const temporary = path.join(parent, `${TEMPORARY}${process.pid}`);
  ownFolder(temporary, account);
  const passwordFile = path.join(temporary, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(passwordFile, account);

  const made = path.join(temporary, 'cluster');
  const { file, args, ids } = runAs(account, [
    binaries.initdb,
    `--pgdata=${made}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Part of PostgreSQL itself: sorting is the same on every machine and after every upgrade.
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
  ]);
  try {
    await promisify(execFile)(file, args, { ...ids, cwd: '/', env: databaseEnvironment() });
  } catch (error) {
    throw new SettingsError(`The database could not be made in ${parent}: ${wordsOf(error)}`);
  }
  renameSync(made, folder);
  rmSync(temporary, { recursive: true });
};

/** The line in which initdb says what is wrong: a full disk, a folder that is not writable. */
const wordsOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split('\n').filter((line) => /error|fatal/i.test(line));
  return (lines[0] ?? text.split('\n')[0] ?? '').trim();
};

/** What the loader is told, such as an allocator of the machine's or a clock that is moved. */
const OF_THE_LOADER = /^(LD_|DYLD_|FAKETIME)/;

/** Nothing of ours: LC_ALL also keeps macOS from starting threads in the postmaster. */
export const databaseEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => OF_THE_LOADER.test(name))),
  PATH: process.env['PATH'],
  LC_ALL: 'C',
});
