import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Disk } from 'flydrive';
import { exists, moveWhole, writeWhole } from './files.ts';

/** An S3 bucket, of Amazon or of anyone who speaks its protocol. */
export interface BucketSettings {
  readonly bucket: string;
  readonly region: string;
  /** Null is Amazon's own. */
  readonly endpoint: string | null;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Keeps the files that cannot be made again: masters of photographs, films as they came, renditions of films. */
export interface Storage {
  /** Where the files lie, or the copies of those that were asked for. */
  readonly folder: string;
  /** Where the file is on this machine, brought here first if need be; null where there is none. */
  readonly find: (key: string) => Promise<string | null>;
  /** Moves a file of this machine in. Once it resolves, the file survives this process. */
  readonly keep: (key: string, file: string) => Promise<void>;
  readonly forget: (key: string) => Promise<void>;
}

/** Where files are kept. */
export interface MediaPlaces {
  /** An absolute path. */
  readonly folder: string;
  /** Null where the folder keeps the files. */
  readonly bucket: BucketSettings | null;
}

export const openStorage = async ({ folder, bucket }: MediaPlaces): Promise<Storage> =>
  bucket === null ? openFolder(folder) : openBucket(folder, bucket);

/** The folder itself keeps the files. */
export const openFolder = (folder: string): Storage => ({
  folder,
  find: async (key) => {
    const file = path.join(folder, checked(key));
    return (await exists(file)) ? file : null;
  },
  keep: (key, file) => moveWhole(file, path.join(folder, checked(key))),
  forget: (key) => rm(path.join(folder, checked(key)), { force: true }),
});

/**
 * A bucket keeps the files; the folder has copies, from which byte ranges are served as from a folder
 * that keeps them itself. Copies may be deleted at any time.
 */
const openBucket = async (folder: string, settings: BucketSettings): Promise<Storage> => {
  const copies = openFolder(folder);
  const bucket = await connect(settings);
  const fetched = new Map<string, Promise<string | null>>();

  const fetch = async (key: string): Promise<string | null> => {
    if (!(await bucket.exists(key))) return null;
    const file = path.join(folder, key);
    const source = await bucket.getStream(key);
    await writeWhole(file, (temporary) => pipeline(source, createWriteStream(temporary)));
    return file;
  };

  return {
    folder,
    find: async (key) => {
      const copy = await copies.find(key);
      if (copy !== null) return copy;
      const running = fetched.get(key);
      if (running !== undefined) return running;
      const started = fetch(key).finally(() => fetched.delete(key));
      fetched.set(key, started);
      return started;
    },
    keep: async (key, file) => {
      await bucket.copyFromFs(file, checked(key));
      await copies.keep(key, file);
    },
    forget: async (key) => {
      await bucket.delete(checked(key));
      await copies.forget(key);
    },
  };
};

/** Amazon's client is large, so only who has a bucket loads it. */
const connect = async (settings: BucketSettings): Promise<Disk> => {
  const { S3Driver } = await import('flydrive/drivers/s3');
  const { accessKeyId, secretAccessKey, endpoint, ...rest } = settings;
  const driver = new S3Driver({
    ...rest,
    credentials: { accessKeyId, secretAccessKey },
    // Others than Amazon have no name for each bucket, and do not all know its newer checksums.
    ...(endpoint !== null && { endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    visibility: 'private',
    supportsACL: false,
  });
  return new Disk(driver);
};

const KEY = /^[a-z0-9_-]+(\/[a-z0-9_-]+)*(\.[a-z0-9]+)?$/;

/** Keys are made here and stand in rows; this is for the day when one is not. */
const checked = (key: string): string => {
  if (!KEY.test(key)) throw new Error('That is no key of a stored file.');
  return key;
};
