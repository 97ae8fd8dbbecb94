import { readFile } from 'node:fs/promises';
import type { GetDataSourceFunction, SupergraphManager, SupergraphSdlHook } from '@apollo/gateway';
import { watch } from 'chokidar';
import { SettingsError } from '../../process/settings.ts';

/** Where a supergraph's SDL comes from. */
export interface SupergraphSource {
  /** What to call it in messages. */
  readonly name: string;
  /** @throws SettingsError where there is none to be read */
  readonly read: () => Promise<string>;
  /** Calls `changed` whenever it may have changed; gives what ends that. */
  readonly watch: (changed: () => void) => () => Promise<void>;
}

/** A supergraph that somebody else writes to a file, in one piece or in several. */
export const supergraphFile = (path: string, isWatched: boolean): SupergraphSource => ({
  name: path,
  read: () =>
    readFile(path, 'utf8').catch(() => {
      throw new SettingsError(
        `${path} cannot be read. Make it with \`npm run compose\`, or name another file.`,
      );
    }),
  watch: (changed) => {
    if (!isWatched) return async () => {};
    const watcher = watch(path, {
      ignoreInitial: true,
      awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 25 },
    });
    watcher.on('add', changed).on('change', changed);
    return () => watcher.close();
  },
});

/** A supergraph that does not change. */
export const supergraphText = (sdl: string): SupergraphSource => ({
  name: 'the given SDL',
  read: async () => sdl,
  watch: () => async () => {},
});

/** A supergraph that one of @apollo/gateway's own sources gives, such as IntrospectAndCompose. */
export const managedSupergraph = (
  manager: SupergraphManager | SupergraphSdlHook,
  dataSource: GetDataSourceFunction,
): SupergraphSource => {
  const initialize: SupergraphSdlHook =
    typeof manager === 'function' ? manager : (options) => manager.initialize(options);
  let sdl: Promise<string> | undefined;
  let changed = (): void => {};
  let cleanUp = async (): Promise<void> => {};

  const start = async (): Promise<string> => {
    const { supergraphSdl, cleanup } = await initialize({
      update: (updated) => {
        sdl = Promise.resolve(updated);
        changed();
      },
      healthCheck: async () => {},
      getDataSource: dataSource,
    });
    if (cleanup !== undefined) cleanUp = cleanup;
    return supergraphSdl;
  };
  return {
    name: 'the given source',
    read: () => {
      sdl ??= start();
      return sdl;
    },
    watch: (listener) => {
      changed = listener;
      return () => cleanUp();
    },
  };
};
