import { mkdir } from 'node:fs/promises';
import { openDatabase } from '../kit/database.ts';
import { keepDoing } from '../kit/rounds.ts';
import { readSchema } from '../kit/schema.ts';
import type { SubgraphFactory } from '../kit/subgraph.ts';
import { type Context, createContext } from './context.ts';
import { copyingPackager } from './films/copying.ts';
import { ffmpegPackager, hasFfmpeg } from './films/ffmpeg.ts';
import { createJobStore } from './films/job-store.ts';
import { startPackaging } from './films/packaging.ts';
import { findServed } from './http/access.ts';
import { serveMedia } from './http/routes.ts';
import { createLinks } from './links.ts';
import { createListingStore } from './listing-store.ts';
import { openRenditions } from './renditions.ts';
import { resolvers } from './resolvers/index.ts';
import { type MediaSettings, readMediaSettings } from './settings.ts';
import { openStorage } from './storage.ts';
import { createStore } from './store.ts';
import { createTurnstile } from './turnstile.ts';
import { sweepUploads } from './uploads/sweep.ts';
import { createUploadStore } from './uploads/upload-store.ts';

/** Files that wait to be looked at; a picture takes about a second. */
const MAX_WAITING = 32;

/** In milliseconds. */
const SWEEP_MS = 60_000;

/** Pictures and films: who shows which, their bytes in every size, and how they come here. */
export const mediaWith = (readSettings: () => MediaSettings): SubgraphFactory<Context> => ({
  name: 'media',
  create: async (common, log, options) => {
    const settings = readSettings();
    const database = openDatabase(common.databaseUrl, options);
    // What goes on in the background has connections of its own, and none of what people ask waits for it.
    const background = openDatabase(common.databaseUrl, { maxConnections: 2 });
    const store = createStore(database);
    const uploads = createUploadStore(database);
    const links = createLinks(common.signingSecret);
    const storage = await openStorage(settings);
    const renditions = openRenditions(storage);
    // A folder that cannot be written is found now, not with the first picture.
    await mkdir(renditions.folder, { recursive: true });

    const transcodes = settings.usesFfmpeg && (await hasFfmpeg());
    if (!transcodes)
      log.info('films are taken as they come, without renditions: there is no ffmpeg');
    const packager = transcodes ? ffmpegPackager : copyingPackager;
    const jobs = createJobStore(background);
    const packaging = startPackaging({ jobs, storage, packager, log });
    const sweeping = keepDoing(
      'forget uploads that nobody needs',
      SWEEP_MS,
      () => sweepUploads(createUploadStore(background), storage),
      log,
    );

    const workshop = {
      uploads,
      storage,
      byId: async (id: string) => (await store.byIds([id]))[0] ?? null,
      inTurn: createTurnstile(1, MAX_WAITING),
      transcodes,
      onFilm: packaging.wake,
    };
    const listings = createListingStore(database);
    const { publicUrl } = common;
    const shared = { store, listings, workshop, links, publicUrl, log };
    const find = findServed(store, links);
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: (caller) => createContext(shared, caller),
      ready: database.ping,
      routes: (server) => serveMedia(server, { renditions, find, uploads, links, storage, log }),
      close: async () => {
        await Promise.all([packaging.stop(), sweeping.stop()]);
        await Promise.all([database.close(), background.close()]);
      },
    };
  },
});

/** With its settings from the environment. */
export const media: SubgraphFactory<Context> = mediaWith(readMediaSettings);
