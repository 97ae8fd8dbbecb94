import { SettingsError } from '../process/settings.ts';
import { withConnection } from '../subgraphs/kit/connection.ts';
import { migrationsFolder } from './folders.ts';
import { migrate } from './migrate.ts';
import { ensureExtensions } from './postgres/databases.ts';
import type { DatabaseSpec, Postgres } from './postgres/postgres.ts';
import type { ReplicaRange } from './replicas.ts';
import {
  type BySubgraph,
  EXTENSIONS,
  eachSubgraph,
  SUBGRAPHS,
  type SubgraphName,
} from './subgraphs.ts';

/** The databases that the embedded PostgreSQL is to hold: those without a server of their own. */
export const embeddedDatabases = (
  own: BySubgraph<string | undefined>,
  names: readonly SubgraphName[] = SUBGRAPHS,
): readonly DatabaseSpec[] =>
  names
    .filter((name) => own[name] === undefined)
    .map((name) => ({ name, extensions: EXTENSIONS[name] }));

/**
 * How many connections one process of a subgraph has at the most: its pools, and what listens and does
 * rounds beside them.
 */
const CONNECTIONS_OF_A_PROCESS = 14;

/** For payments, migrations, imports, and whoever looks into the databases. */
const OTHER_CONNECTIONS = 60;

/** How many connections the embedded PostgreSQL has to take. */
export const connectionsFor = (replicas: BySubgraph<ReplicaRange>): number =>
  SUBGRAPHS.reduce(
    (sum, name) => sum + replicas[name].most * CONNECTIONS_OF_A_PROCESS,
    OTHER_CONNECTIONS,
  );

/** Where a subgraph finds its database. */
export const databaseUrlOf =
  (own: BySubgraph<string | undefined>, postgres: Postgres | undefined) =>
  (name: SubgraphName): string =>
    own[name] ?? postgres?.urlFor(name) ?? '';

/**
 * Brings every database up to date, all at once.
 *
 * @param urls undefined where a database is in somebody else's care
 * @returns how many migrations were applied
 * @throws SettingsError naming the database, and never its URL, which holds a password
 */
export const migrateAll = async (
  urls: BySubgraph<string | undefined>,
  own: BySubgraph<string | undefined>,
): Promise<number> => {
  const applied = await eachSubgraph(async (name) => {
    const url = urls[name];
    if (url === undefined) return [];
    const server = own[name];
    if (server !== undefined) await prepareServer(name, server);
    return migrate(url, migrationsFolder(name)).catch((error: unknown) => {
      throw new SettingsError(`Database ${name}: ${messageOf(error)}`);
    });
  });
  return SUBGRAPHS.reduce((sum, name) => sum + applied[name].length, 0);
};

/**
 * Brings the test payment provider's database up to date.
 *
 * @returns how many migrations were applied
 * @throws SettingsError
 */
export const migratePayments = async (url: string): Promise<number> => {
  const applied = await migrate(url, migrationsFolder('payments')).catch((error: unknown) => {
    throw new SettingsError(`Database payments: ${messageOf(error)}`);
  });
  return applied.length;
};

/** A server of one's own may lack extensions; where they are trusted its owner may add them. */
const prepareServer = async (name: SubgraphName, url: string): Promise<void> => {
  const variable = `DATABASE_URL_${name.toUpperCase()}`;
  const extensions = EXTENSIONS[name];
  try {
    await withConnection(url, (client) => ensureExtensions(client, extensions));
  } catch (error) {
    const needs =
      extensions.length === 0 ? '' : `; it needs the extensions ${extensions.join(', ')}`;
    throw new SettingsError(`${variable}: ${messageOf(error)}${needs}`);
  }
};

/** A refused connection to a name with several addresses has a message for each, and none itself. */
const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ');
  return error instanceof Error ? error.message : String(error);
};
