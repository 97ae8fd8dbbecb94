import { mkdir } from 'node:fs/promises';
import { openDatabase } from '../kit/database.ts';
import { readSchema } from '../kit/schema.ts';
import type { SubgraphFactory } from '../kit/subgraph.ts';
import { type Context, createContext } from './context.ts';
import { serveMedia } from './http.ts';
import { openRenditions } from './renditions.ts';
import { resolvers } from './resolvers/index.ts';
import { type MediaSettings, readMediaSettings } from './settings.ts';
import { createStore } from './store.ts';

/** Pictures and films: who shows which, and their bytes in every size. */
export const mediaWith = (readSettings: () => MediaSettings): SubgraphFactory<Context> => ({
  name: 'media',
  create: async (settings, log, options) => {
    const { folder } = readSettings();
    const database = openDatabase(settings.databaseUrl, options);
    const store = createStore(database);
    const renditions = openRenditions(folder);
    // A folder that cannot be written is found now, not with the first picture.
    await mkdir(renditions.folder, { recursive: true });
    const find = async (id: string) => (await store.byIds([id]))[0] ?? null;
    return {
      schema: readSchema(import.meta.url, resolvers),
      context: () => createContext(store, settings.publicUrl),
      ready: database.ping,
      routes: (server) => serveMedia(server, { renditions, find, log }),
      close: database.close,
    };
  },
});

/** With its settings from the environment. */
export const media: SubgraphFactory<Context> = mediaWith(readMediaSettings);
