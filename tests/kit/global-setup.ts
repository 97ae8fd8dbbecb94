import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { seedWhenEmpty } from '../../prisma/seed/seed.ts';
import { createLog } from '../../process/log.ts';
import { migrationsFolder } from '../../stack/folders.ts';
import { migrate } from '../../stack/migrate.ts';
import { type Postgres, startPostgres } from '../../stack/postgres/postgres.ts';
import { type BySubgraph, EXTENSIONS, eachSubgraph, SUBGRAPHS } from '../../stack/subgraphs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly databases: Databases;
  }
}

/** What test files need to know to have databases of their own. */
export interface Databases {
  readonly superuserUrl: string;
  /** By subgraph: its tables without rows, and with those of the seed; cloned, never connected to. */
  readonly empty: BySubgraph<string> & {
    /** The test payment provider's, which has no seed. */
    readonly payments: string;
  };
  readonly seeded: BySubgraph<string>;
}

/**
 * One PostgreSQL for the whole run, in a folder of its own, with two templates a subgraph; each
 * test clones what it needs.
 */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  // Not mkdtemp: root's postmaster runs as somebody else, who must be able to pass the folder.
  const directory = path.join(tmpdir(), `emporium-tests-${process.pid}`);
  const postgres = await startPostgres({
    directory,
    databases: [
      { name: 'payments_empty', extensions: [] },
      ...SUBGRAPHS.flatMap((name) =>
        ['empty', 'seeded'].map((kind) => ({
          name: `${name}_${kind}`,
          extensions: EXTENSIONS[name],
        })),
      ),
    ],
    log: createLog('postgres', 'silent'),
  });
  const stop = async (): Promise<void> => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const payments = postgres.urlFor('payments_empty');
    await migrate(payments, migrationsFolder('payments'));
    const empty = { ...(await migrated(postgres, 'empty')), payments };
    const seeded = await migrated(postgres, 'seeded');
    await seedWhenEmpty(seeded, () => {});
    project.provide('databases', { superuserUrl: postgres.superuserUrl, empty, seeded });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
};

const migrated = (postgres: Postgres, kind: 'empty' | 'seeded'): Promise<BySubgraph<string>> =>
  eachSubgraph(async (name) => {
    const url = postgres.urlFor(`${name}_${kind}`);
    await migrate(url, migrationsFolder(name));
    return url;
  });
