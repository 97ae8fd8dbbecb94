import path from 'node:path';
import { type Instance, type Kept, keepRunning } from '../../process/keep-running.ts';
import type { Logger } from '../../process/log.ts';
import { withConnection } from '../../subgraphs/kit/connection.ts';
import { makeOwnFolder } from '../own-folder.ts';
import { freePort } from '../ports.ts';
import { chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { clusterFolder, damaged, initialize, isInitialized, ownFolder } from './cluster.ts';
import { type Credentials, newPassword, readCredentials, writeCredentials } from './credentials.ts';
import {
  closeMaintenanceDatabases,
  type DatabaseSpec,
  ensureDatabase,
  ensureExtensions,
  ownerOf,
} from './databases.ts';
import { stopOrphan } from './orphan.ts';
import { BusyPortError, type Server, startServer } from './server.ts';

export type { DatabaseSpec };

/** An embedded PostgreSQL that runs, and is started again on its port when it dies. */
export interface Postgres extends AsyncDisposable {
  readonly port: number;
  readonly superuserUrl: string;
  /** Whether this start made the cluster. */
  readonly isNew: boolean;
  /** The postmaster's process id; another one after a crash. */
  readonly pid: () => number;
  /** How the owner of a database connects to it. */
  readonly urlFor: (database: string) => string;
  /**
   * Makes a database that only its role may enter: empty with a role of the same name, or a copy of
   * `template` (to which nobody may be connected) with the template's owner.
   *
   * @returns its URL
   */
  readonly createDatabase: (name: string, template?: string) => Promise<string>;
  /** Fast shutdown: open sessions are ended, what they committed is kept. */
  readonly stop: () => Promise<void>;
}

export interface PostgresOptions {
  /** Holds everything that belongs to the cluster. One process at a time may use it. */
  readonly directory: string;
  /** Made when missing, with their roles and extensions. */
  readonly databases?: readonly DatabaseSpec[];
  /** How many there may be at once; the default is 200. */
  readonly maxConnections?: number;
  /** The default is the port used before, and another one when that is taken. */
  readonly port?: number;
  readonly log: Logger;
  /** The default is `postgres.log` in the directory. */
  readonly logFile?: string;
  readonly say?: (line: string) => void;
  readonly signal?: AbortSignal;
}

const MIN_CONNECTIONS = 200;

/**
 * Starts an embedded PostgreSQL, having made it when the directory holds none.
 *
 * @throws SettingsError, one line with the cure: no binaries for this platform, damaged data, data
 *   of another version, a postmaster that does not start
 */
export const startPostgres = async (options: PostgresOptions): Promise<Postgres> => {
  const { server, file, isNew } = await prepare(options);
  const { port, kept } = await startOnFreePort(server, options, readPort(file));
  const access = accessTo(file, port);
  try {
    await furnish(access, options.databases ?? []);
  } catch (error) {
    await kept.stop();
    throw error;
  }
  return {
    port,
    isNew,
    superuserUrl: access.superuserUrl('postgres'),
    pid: () => kept.instance().pid,
    urlFor: (database) => access.urlFor(database, database),
    createDatabase: (name, template) => createDatabase(access, name, template),
    stop: kept.stop,
    [Symbol.asyncDispose]: kept.stop,
  };
};

/** Makes whatever must be there before the postmaster can start. */
const prepare = async (
  options: PostgresOptions,
): Promise<{ server: Server; file: string; isNew: boolean }> => {
  const directory = makeOwnFolder(options.directory);
  const binaries = await findBinaries();
  const account = await chooseAccount({ data: directory, programs: binaries.folder }, [
    binaries.postgres,
    '--version',
  ]);
  const cluster = clusterFolder(directory);
  ownFolder(path.dirname(cluster), account);
  const file = path.join(directory, 'database.json');
  const isNew = !isInitialized(cluster, binaries.major);

  // Before a port is looked for: an orphan holds the one that was used before.
  await stopOrphan(cluster, options.log);
  const known = readCredentials(file);
  if (!isNew && known === undefined) throw damaged(cluster, `its passwords in ${file} are missing`);
  if (isNew) {
    const credentials = known ?? { port: 0, superuser: newPassword(), roles: {} };
    writeCredentials(file, credentials);
    await initialize(cluster, { binaries, account, password: credentials.superuser });
  }
  const logFile = options.logFile ?? path.join(directory, 'postgres.log');
  const maxConnections = Math.max(MIN_CONNECTIONS, options.maxConnections ?? 0);
  const server = { binaries, account, cluster, logFile, maxConnections, log: options.log };
  return { server, file, isNew };
};

/** Another port is taken at the first start only: once clients know it, it must stay the same. */
const startOnFreePort = async (
  server: Server,
  options: PostgresOptions,
  portBefore: number,
): Promise<{ port: number; kept: Kept<Instance> }> => {
  const { log, say, signal } = options;
  const keep = async (port: number) => {
    const kept = await keepRunning({
      name: 'PostgreSQL',
      start: (stopping) => startServer(server, port, stopping),
      log,
      ...(say === undefined ? {} : { say }),
      ...(signal === undefined ? {} : { signal }),
    });
    return { port, kept };
  };
  try {
    return await keep(await freePort(options.port ?? portBefore, '127.0.0.1'));
  } catch (error) {
    // Someone took the port between the look and the start.
    if (!(error instanceof BusyPortError)) throw error;
    return keep(await freePort(0, '127.0.0.1'));
  }
};

interface Access {
  readonly superuserUrl: (database: string) => string;
  readonly urlFor: (role: string, database: string) => string;
  /** The password of a role, made when it has none. */
  readonly passwordOf: (role: string) => string;
}

const readPort = (file: string): number => readCredentials(file)?.port ?? 0;

const accessTo = (file: string, port: number): Access => {
  const known = readCredentials(file);
  if (known === undefined) throw damaged(file, 'it is gone');
  let credentials: Credentials = { ...known, port };
  writeCredentials(file, credentials);

  const url = (role: string, password: string, database: string) =>
    `postgresql://${encodeURIComponent(role)}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  const passwordOf = (role: string): string => {
    const password = credentials.roles[role] ?? newPassword();
    if (credentials.roles[role] === undefined) {
      // Written before the role is made: a crash in between must not lock anyone out.
      credentials = { ...credentials, roles: { ...credentials.roles, [role]: password } };
      writeCredentials(file, credentials);
    }
    return password;
  };
  return {
    superuserUrl: (database) => url('postgres', credentials.superuser, database),
    urlFor: (role, database) => url(role, passwordOf(role), database),
    passwordOf,
  };
};

const furnish = async (access: Access, databases: readonly DatabaseSpec[]): Promise<void> => {
  await withConnection(access.superuserUrl('postgres'), async (client) => {
    await closeMaintenanceDatabases(client);
    for (const { name } of databases) {
      await ensureDatabase(client, name, { password: access.passwordOf(name) });
    }
  });
  const extended = databases.filter(({ extensions }) => extensions.length > 0);
  const extend = ({ name, extensions }: DatabaseSpec): Promise<void> =>
    withConnection(access.superuserUrl(name), (client) => ensureExtensions(client, extensions));
  await Promise.all(extended.map(extend));
};

const createDatabase = (access: Access, name: string, template?: string): Promise<string> =>
  withConnection(access.superuserUrl('postgres'), async (client) => {
    const source = template === undefined ? { password: access.passwordOf(name) } : { template };
    await ensureDatabase(client, name, source);
    return access.urlFor((await ownerOf(client, name)) ?? name, name);
  });
