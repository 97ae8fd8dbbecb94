import type { Storage } from '../storage.ts';
import type { UploadStore } from './upload-store.ts';

/**
 * Forgets uploads that were never completed, and deletes the files of those that are at an end. Deleted first
 * and noted then: what dies in between deletes again.
 */
export const sweepUploads = async (uploads: UploadStore, storage: Storage): Promise<void> => {
  const files = await uploads.sweep();
  await Promise.all(files.map(storage.forget));
  await uploads.swept(files);
};
