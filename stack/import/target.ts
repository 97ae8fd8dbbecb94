import path from 'node:path';
import { seedWhenEmpty } from '../../prisma/seed/seed.ts';
import { createLog } from '../../process/log.ts';
import { SettingsError } from '../../process/settings.ts';
import { type DataFolder, lockDataFolder } from '../data-folder.ts';
import { databaseUrlOf, embeddedDatabases, migrateAll } from '../databases.ts';
import { readCredentials } from '../postgres/credentials.ts';
import { startPostgres } from '../postgres/postgres.ts';
import type { StackSettings } from '../settings.ts';
import { type BySubgraph, bySubgraph, type SubgraphName } from '../subgraphs.ts';

/** The databases to import into. */
export interface Target {
  readonly urls: BySubgraph<string>;
  /** Stops what was started for the import. */
  readonly close: () => Promise<void>;
}

/**
 * Finds the databases: those of one's own where settings name them, else those of the embedded
 * PostgreSQL. Where `npm start` runs that, it is used as it runs; where not, it is started for the
 * import, brought up to date and seeded as a start would, and stopped afterwards.
 *
 * @param needed without their own server's URL, these need the embedded one
 * @param say is told what takes a while
 * @throws SettingsError where there is none to be had
 */
export const openTarget = async (
  settings: StackSettings,
  data: DataFolder,
  needed: readonly SubgraphName[],
  say: (line: string) => void,
): Promise<Target> => {
  const own = settings.databaseUrls;
  if (needed.every((name) => own[name] !== undefined)) {
    return { urls: bySubgraph((name) => own[name] ?? ''), close: async () => {} };
  }
  const lock = lockUnlessRunning(data);
  if ('busy' in lock)
    return { urls: urlsOfRunning(settings, data, lock.busy), close: async () => {} };
  say('  Starting the database, since nothing runs here');
  try {
    return await startForImport(settings, data, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
};

/** The launcher and an import lock the folder by the same file. */
const lockUnlessRunning = (
  data: DataFolder,
): { readonly release: () => void } | { readonly busy: SettingsError } => {
  try {
    return lockDataFolder(data);
  } catch (error) {
    if (error instanceof SettingsError) return { busy: error };
    throw error;
  }
};

const urlsOfRunning = (
  { databaseUrls: own }: StackSettings,
  data: DataFolder,
  busy: SettingsError,
): BySubgraph<string> => {
  const credentials = readCredentials(path.join(data.path, 'database.json'));
  if (credentials === undefined) throw busy;
  const { port, roles } = credentials;
  return bySubgraph(
    (name) => own[name] ?? `postgresql://${name}:${roles[name]}@127.0.0.1:${port}/${name}`,
  );
};

const startForImport = async (
  settings: StackSettings,
  data: DataFolder,
  release: () => void,
): Promise<Target> => {
  const postgres = await startPostgres({
    directory: data.path,
    databases: embeddedDatabases(settings.databaseUrls),
    log: createLog('import', 'silent'),
    logFile: data.postgresLog,
  });
  const close = async (): Promise<void> => {
    await postgres.stop();
    release();
  };
  try {
    const urls = bySubgraph(databaseUrlOf(settings.databaseUrls, postgres));
    await migrateAll(urls, settings.databaseUrls);
    // Before the import: afterwards the databases would not be empty, and never be seeded.
    if (settings.seed) await seedWhenEmpty(urls, () => {});
    return { urls, close };
  } catch (error) {
    await close();
    throw error;
  }
};
