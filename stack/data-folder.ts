import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEVELOPMENT_SECRET_PREFIX, SettingsError } from '../process/settings.ts';
import { birthOf } from './living.ts';
import { makeOwnFolder } from './own-folder.ts';

/** Where things lie in the data folder. */
export interface DataFolder {
  readonly path: string;
  readonly log: string;
  readonly postgresLog: string;
  readonly media: string;
  readonly signingSecret: string;
  readonly lock: string;
}

/** Everything that the stack puts into a data folder, and so all that a reset may take away. */
const CONTENTS = [
  'postgres',
  'database.json',
  'postgres.log',
  'postgres.log.1',
  'media',
  'import',
  'signing-secret',
  'emporium.log',
  'emporium.log.1',
] as const;

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** Makes the folder when it is missing. @throws SettingsError when it is another account's */
export const openDataFolder = (folder: string): DataFolder => {
  const real = makeOwnFolder(folder);
  return {
    path: real,
    log: path.join(real, 'emporium.log'),
    postgresLog: path.join(real, 'postgres.log'),
    media: path.join(real, 'media'),
    signingSecret: path.join(real, 'signing-secret'),
    lock: path.join(real, 'launcher.pid'),
  };
};

/**
 * Takes the folder for this process; what a dead one held is free.
 *
 * @returns how to give it back, and whether its last launcher died without having done so
 * @throws SettingsError when another launcher works in it
 */
export const lockDataFolder = (
  folder: DataFolder,
): { readonly release: () => void; readonly wasLeftBehind: boolean } => {
  const mine = `${process.pid} ${birthOf(process.pid)}`;
  const release = (): void => rmSync(folder.lock, { force: true });
  for (let tries = 0; tries < 3; tries += 1) {
    if (claim(folder.lock, mine)) return { release, wasLeftBehind: tries > 0 };
    const [pid = '', ...birth] = read(folder.lock).split(' ');
    if (pid !== '' && birthOf(Number(pid)) === birth.join(' ')) {
      throw new SettingsError(
        `Emporium runs already on ${folder.path} (process ${pid}): stop it there with Ctrl-C, or start this one elsewhere with DATA_DIR=<folder> npm start -- --port <port>`,
      );
    }
    discard(folder.lock);
  }
  throw new SettingsError(`${folder.lock} cannot be taken: is another start under way?`);
};

const claim = (file: string, content: string): boolean => {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
};

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** Renamed first: of two who find it stale, one gets it. */
const discard = (file: string): void => {
  const grave = `${file}.${process.pid}`;
  try {
    renameSync(file, grave);
    rmSync(grave, { force: true });
  } catch {
    // The other was faster.
  }
};

/** Deletes what the stack made, and nothing that somebody else put beside it. */
export const emptyDataFolder = (folder: DataFolder): void => {
  for (const name of CONTENTS)
    rmSync(path.join(folder.path, name), { recursive: true, force: true });
};

/** Keeps a log from growing for ever: the one before is kept, those before that are not. */
export const rotate = (file: string): void => {
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
};

/** A signing secret for development, the same at every start, which production refuses. */
export const developmentSecret = (folder: DataFolder): string => {
  if (!existsSync(folder.signingSecret)) {
    const made = `${DEVELOPMENT_SECRET_PREFIX}${randomBytes(32).toString('hex')}`;
    writeFileSync(folder.signingSecret, made, { mode: 0o600 });
  }
  return readFileSync(folder.signingSecret, 'utf8').trim();
};
