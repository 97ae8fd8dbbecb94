import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { compiled, ROOT } from '../../stack/folders.ts';
import { DEFAULT_SELLER, type ImportArguments } from '../../stack/import/arguments.ts';
import { runImport } from '../../stack/import/run.ts';
import type { Summary } from '../../stack/import/surroundings.ts';
import { type BySubgraph, bySubgraph } from '../../stack/subgraphs.ts';
import { cloneDatabase, openPool } from '../kit/database.ts';

/** Eighty rows as a shop would write them. */
export const SHOP = path.join(import.meta.dirname, 'fixtures/shop.csv');

/** Real data lies beside the repository on some machines, and never in it. */
const SHARED = path.resolve(ROOT, '../shared/data');
export const RETAIL = path.join(SHARED, 'online-retail-products.csv');
export const PHOTOS = path.join(SHARED, 'photos');
export const hasSharedData = existsSync(RETAIL) && existsSync(PHOTOS);

export interface Marketplace extends AsyncDisposable {
  readonly urls: BySubgraph<string>;
  readonly folder: string;
  /** Imports in this process. */
  readonly run: (file: string, options?: Partial<ImportArguments>) => Promise<Summary>;
  readonly query: (
    database: 'catalog' | 'users' | 'media' | 'recommendations',
    text: string,
    values?: readonly unknown[],
    // biome-ignore lint/suspicious/noExplicitAny: rows of any query
  ) => Promise<any[]>;
}

/** A seeded market of one's own, with a folder for what an import leaves behind. */
export const openMarketplace = async (): Promise<Marketplace> => {
  const databases = {
    catalog: await cloneDatabase('catalog', 'seeded'),
    users: await cloneDatabase('users', 'seeded'),
    media: await cloneDatabase('media', 'seeded'),
    recommendations: await cloneDatabase('recommendations', 'seeded'),
  };
  const urls = bySubgraph((name) => (name in databases ? urlOf(databases, name) : ''));
  const pools = {
    catalog: openPool(urls.catalog),
    users: openPool(urls.users),
    media: openPool(urls.media),
    recommendations: openPool(urls.recommendations),
  };
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-import-'));
  return {
    urls,
    folder,
    run: (file, options = {}) =>
      runImport(
        {
          file,
          photos: undefined,
          seller: DEFAULT_SELLER,
          category: undefined,
          batch: 500,
          ...options,
        },
        {
          urls,
          media: { folder: path.join(folder, 'media'), bucket: null },
          rejectsFolder: folder,
          output: new PassThrough().resume(),
          signal: new AbortController().signal,
        },
      ),
    query: async (database, text, values = []) =>
      (await pools[database].query(text, [...values])).rows,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
      await Promise.all(Object.values(databases).map((each) => each[Symbol.asyncDispose]()));
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const urlOf = (
  databases: Readonly<Record<string, { readonly url: string }>>,
  name: string,
): string => databases[name]?.url ?? '';

/** `npm run import` as the build compiled it. */
export const spawnImport = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
) => {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [compiled('stack/import/main.js'), ...args], {
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (printed += chunk));
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, printed }));
  return { child, ended };
};

/** Settings that name the databases of a marketplace. */
export const settingsOf = ({ urls, folder }: Marketplace): Readonly<Record<string, string>> => ({
  DATA_DIR: folder,
  DATABASE_URL_CATALOG: urls.catalog,
  DATABASE_URL_USERS: urls.users,
  DATABASE_URL_MEDIA: urls.media,
  DATABASE_URL_RECOMMENDATIONS: urls.recommendations,
});

/** What an import leaves in the catalogue, apart from ids and times. */
export const importedInto = ({ query }: Marketplace) =>
  query(
    'catalog',
    `SELECT import_key, title, description, condition, brand, price_amount, price_currency,
       category_id, availability, quantity_available, attributes
     FROM products WHERE import_key IS NOT NULL ORDER BY import_key`,
  );
