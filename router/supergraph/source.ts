import { readFile } from 'node:fs/promises';
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
