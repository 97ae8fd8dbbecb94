import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Pool } from 'pg';
import { readCredentials } from '../../stack/postgres/credentials.ts';
import { withCleanup } from '../kit/cleanup.ts';
import { type TemporaryFolder, temporaryFolder } from '../stack/folders.ts';
import { type Launched, launch } from '../stack/launched.ts';
import type { Victim } from './schedule.ts';

/** The databases that the oracle looks into. */
export interface Databases {
  readonly users: Pool;
  readonly catalog: Pool;
  readonly cart: Pool;
  readonly payments: Pool;
}

/** The whole market as processes, on data of its own. */
export interface Market extends AsyncDisposable {
  readonly url: () => string;
  readonly databases: () => Databases;
  /** kill -9; nothing where it is dead already. */
  readonly kill: (victim: Victim) => void;
  /** The log's lines of processes that died and came back. */
  readonly story: () => string;
  /** Stops all of it in good order and starts it again on the same data. */
  readonly restart: () => Promise<void>;
}

const SCRIPTS: Readonly<Record<Victim, string>> = {
  cart: 'dist/subgraphs/cart/main.js',
  catalog: 'dist/subgraphs/catalog/main.js',
  router: 'dist/router/main.js',
  payments: 'dist/payments/main.js',
};

interface Open {
  readonly launched: Launched;
  readonly databases: Databases;
}

const open = async (folder: TemporaryFolder): Promise<Open> => {
  const launched = await launch(folder.path);
  try {
    await launched.ready();
    return { launched, databases: openDatabases(folder) };
  } catch (error) {
    await launched[Symbol.asyncDispose]();
    throw error;
  }
};

/** With the passwords that the launcher made up. */
const openDatabases = (folder: TemporaryFolder): Databases => {
  const credentials = readCredentials(path.join(folder.path, 'database.json'));
  if (credentials === undefined) throw new Error('the market has no database');
  const { port, roles } = credentials;
  const pool = (name: string): Pool => {
    const made = new Pool({
      connectionString: `postgresql://${name}:${roles[name]}@127.0.0.1:${port}/${name}`,
      max: 2,
    });
    made.on('error', () => {});
    return made;
  };
  return {
    users: pool('users'),
    catalog: pool('catalog'),
    cart: pool('cart'),
    payments: pool('payments'),
  };
};

const close = async ({ launched, databases }: Open): Promise<void> => {
  await Promise.all(Object.values(databases).map((pool) => pool.end()));
  launched.process.kill('SIGTERM');
  await launched.ended();
};

export const startMarket = (): Promise<Market> =>
  withCleanup(async ({ defer }) => {
    const folder = temporaryFolder();
    defer(async () => folder[Symbol.dispose]());
    let current = await open(folder);
    defer(async () => {
      await Promise.all(Object.values(current.databases).map((pool) => pool.end()));
      await current.launched[Symbol.asyncDispose]();
    });
    return {
      url: () => `http://127.0.0.1:${current.launched.port}/graphql`,
      databases: () => current.databases,
      kill: (victim) => {
        const target = current.launched
          .servants()
          .find(({ command }) => command.includes(SCRIPTS[victim]));
        if (target !== undefined) process.kill(target.pid, 'SIGKILL');
      },
      story: () =>
        readFileSync(path.join(folder.path, 'emporium.log'), 'utf8')
          .split('\n')
          .filter((line) => line.includes('"name":"launcher"') || line.includes('"listening"'))
          .join('\n'),
      restart: async () => {
        await close(current);
        current = await open(folder);
      },
    };
  });
