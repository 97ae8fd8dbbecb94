import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SettingsError } from '../../process/settings.ts';
import { type CategoryTree, treeOf } from '../../subgraphs/catalog/categories.ts';
import {
  type ImportListing,
  type ImportStore,
  importListings,
} from '../../subgraphs/catalog/imports.ts';
import { createStore as createCatalogStore } from '../../subgraphs/catalog/store.ts';
import { type Database, openDatabase } from '../../subgraphs/kit/database.ts';
import { type MediaPlaces, openStorage } from '../../subgraphs/media/storage.ts';
import { createStore as createMediaStore } from '../../subgraphs/media/store.ts';
import { createStore as createRecommendationsStore } from '../../subgraphs/recommendations/store.ts';
import { createStore as createUsersStore } from '../../subgraphs/users/store.ts';
import type { BySubgraph, SubgraphName } from '../subgraphs.ts';
import type { ImportArguments } from './arguments.ts';
import { openCsv } from './csv.ts';
import { formatOf } from './formats.ts';
import { createGuess } from './guess.ts';
import { importRows } from './import.ts';
import { type Album, openAlbum } from './photographs.ts';
import { purchaseReader } from './purchases/format.ts';
import { type PurchaseStores, runPurchases } from './purchases/run.ts';
import { openRejects } from './rejects.ts';
import { createReporter } from './report.ts';
import { findSeller } from './seller.ts';
import type { Summary, Surroundings } from './surroundings.ts';

/**
 * Imports a file into databases that run.
 *
 * @throws SettingsError in one line that says what is wrong with the file, the options or a database
 */
export const runImport = async (
  options: ImportArguments,
  surroundings: Surroundings,
): Promise<Summary> => {
  const { size } = await statFile(options.file);
  const csv = openCsv(options.file);
  const header = await csv.rows.next();
  if (header.done) throw new SettingsError(`${options.file} is empty`);
  const { fields } = header.value;
  const read = purchaseReader(fields);
  if (read !== undefined) {
    return inPurchaseStores(surroundings.urls, (stores) =>
      runPurchases({ csv, header: fields, size, read }, options, stores, surroundings),
    );
  }
  const format = formatOf(fields);
  if (format.ignoredColumns.length > 0) {
    surroundings.output.write(`  Ignored columns: ${format.ignoredColumns.join(', ')}\n`);
  }

  const databases = await openAll(surroundings.urls, neededForListings(options));
  const { catalog, users, media } = databases;
  const reporter = createReporter(size, surroundings.output);
  try {
    const store = createCatalogStore(catalog);
    const tree: CategoryTree = treeOf(await store.categories());
    const guess = createGuess(tree, options.category);
    const sellerId = await findSeller(createUsersStore(users), options.seller);
    const album = await albumFor(options, media, surroundings.media);
    const rejects = await openRejects(surroundings.rejectsFolder, options.file, fields);
    let photographs = 0;

    const write = async (listings: readonly ImportListing[], first: number) => {
      const counts = await importListings(store, listings);
      if (album !== undefined) photographs += await showIn(album, store, listings, first);
      return counts;
    };
    const totals = await importRows({
      ...{ rows: csv.rows, format, guess, tree, sellerId, batch: options.batch, write },
      reject: rejects.add,
      report: reporter.update,
      signal: surroundings.signal,
    }).finally(rejects.close);
    return { totals, photographs, rejectsFile: rejects.file };
  } finally {
    reporter.end();
    await Promise.all(Object.values(databases).map(({ close }) => close()));
  }
};

/**
 * The databases that an import of this file with these options reads and writes.
 *
 * @throws SettingsError where there is no such file, and where an option is for another kind of file
 */
export const needed = async (options: ImportArguments): Promise<readonly SubgraphName[]> => {
  await statFile(options.file);
  const { rows } = openCsv(options.file);
  const header = await rows.next();
  await rows.return(undefined);
  const isOfPurchases = !header.done && purchaseReader(header.value.fields) !== undefined;
  if (!isOfPurchases) return neededForListings(options);
  if (options.photos === undefined && options.category === undefined) return PURCHASE_DATABASES;
  throw new SettingsError(
    `${options.file} holds purchases: --photos and --category are for listings`,
  );
};

const PURCHASE_DATABASES = ['catalog', 'recommendations'] as const;

const neededForListings = ({ photos }: ImportArguments): readonly SubgraphName[] =>
  photos === undefined ? ['catalog', 'users'] : ['catalog', 'users', 'media'];

const inPurchaseStores = async (
  urls: BySubgraph<string>,
  work: (stores: PurchaseStores) => Promise<Summary>,
): Promise<Summary> => {
  const databases = await openAll(urls, PURCHASE_DATABASES);
  try {
    return await work({
      catalog: createCatalogStore(databases.catalog),
      recommendations: createRecommendationsStore(databases.recommendations),
    });
  } finally {
    await Promise.all(Object.values(databases).map(({ close }) => close()));
  }
};

const statFile = async (file: string) => {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile()) return found;
  throw new SettingsError(`${file}: there is no such file`);
};

type Databases = Record<'catalog' | 'users' | 'media' | 'recommendations', Database>;

const openAll = async (
  urls: BySubgraph<string>,
  names: readonly SubgraphName[],
): Promise<Databases> => {
  // Opened lazily: the one that is not needed connects to nothing.
  const databases = {
    catalog: openDatabase(urls.catalog),
    users: openDatabase(urls.users),
    media: openDatabase(urls.media),
    recommendations: openDatabase(urls.recommendations),
  };
  for (const name of names) {
    const database = name in databases ? databases[name as keyof Databases] : undefined;
    await database?.ping().catch((error: unknown) => {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
      throw new SettingsError(
        `The ${name} database does not answer (${reason}): is Emporium still starting?`,
      );
    });
  }
  return databases;
};

const albumFor = async (
  { photos }: ImportArguments,
  media: Database,
  places: MediaPlaces,
): Promise<Album | undefined> => {
  if (photos === undefined) return undefined;
  const library = { store: createMediaStore(media), storage: await openStorage(places) };
  return openAlbum(path.resolve(photos), library);
};

const showIn = async (
  album: Album,
  store: ImportStore,
  listings: readonly ImportListing[],
  first: number,
): Promise<number> => {
  const keys = listings.map(({ importKey }) => importKey);
  const ids = await store.idsByImportKey(keys);
  const candidates = listings.flatMap(({ importKey, title }, position) => {
    const productId = ids.get(importKey);
    return productId === undefined ? [] : [{ productId, title, index: first + position }];
  });
  return album.show(candidates);
};
