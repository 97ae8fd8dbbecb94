import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Storage } from '../storage.ts';
import type { UploadStore } from './upload-store.ts';

/** Where files lie while they are written; who writes there for longer than a day is dead. */
const WORK_FOLDERS = ['incoming', 'packaging'];
const A_DAY_MS = 86_400_000;

/**
 * Forgets uploads that were never completed, and deletes the files of those that are at an end, and
 * what processes left that died. Deleted first and noted then: what dies in between deletes again.
 */
export const sweepUploads = async (uploads: UploadStore, storage: Storage): Promise<void> => {
  const files = await uploads.sweep();
  await Promise.all(files.map(storage.forget));
  await uploads.swept(files);
  for (const name of WORK_FOLDERS) await sweepFolder(path.join(storage.folder, name));
};

const sweepFolder = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    // Whoever wrote it, or another process that sweeps, may have taken it away meanwhile.
    const found = await stat(file).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > A_DAY_MS)
      await rm(file, { recursive: true, force: true });
  }
};
