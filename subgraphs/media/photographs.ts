import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { type Picture, WIDTHS } from './media.ts';
import { MAX_PIXELS } from './renditions.ts';
import { digestOfBytes, type FileSource } from './sources.ts';
import type { Storage } from './storage.ts';
import type { Place, Store } from './store.ts';

/** Raised when photographs are encoded otherwise, so that they get other URLs. */
const ENCODING_VERSION = 1;

/** Nothing is rendered wider. */
const MAX_SIDE = Math.max(...WIDTHS);

/** In seconds: what takes longer to decode was made to. */
const PATIENCE_S = 20;

/** Where photographs go. */
export interface Library {
  readonly store: Pick<Store, 'addPhotograph' | 'attach'>;
  readonly storage: Storage;
}

/** A photograph as it is kept: all that its renditions are made of. */
export interface Master {
  readonly width: number;
  readonly height: number;
  readonly mimeType: string;
  readonly digest: string;
  readonly source: FileSource;
  readonly placeholder: string;
}

/**
 * Takes a photograph in: its master is kept, written to the table, and shown at `place` where one is
 * given. The same bytes are the same picture, however often they come; the text of the first time stays.
 *
 * @param file JPEG, PNG, WebP, AVIF, GIF or TIFF, of at most 50 megapixels
 * @param alt what it shows, for those who do not see it
 * @throws Error where the bytes are no such picture
 */
export const storePhotograph = async (
  { store, storage }: Library,
  file: Buffer,
  alt: string,
  place?: Place,
): Promise<Picture> => {
  const { format } = await sharp(file, { limitInputPixels: MAX_PIXELS }).metadata();
  // SVG could name other files, and a drawing is no photograph.
  if (format === 'svg') throw new Error('An SVG is no photograph.');
  const picture = await store.addPhotograph({ alt, ...(await keepMaster(storage, file)) });
  if (place !== undefined) await store.attach(picture.id, place);
  return picture;
};

/**
 * Makes the master of a photograph and keeps it: turned upright, at most 1920 pixels a side, encoded
 * anew so that nothing but pixels remains (no EXIF, no place, nothing hidden behind the end of the file).
 *
 * @throws Error where the bytes are no picture that can be decoded to its end
 */
export const keepMaster = async (storage: Storage, file: Buffer): Promise<Master> => {
  const digest = digestOfBytes(`${ENCODING_VERSION} ${digestOfBytes(file)}`);
  const key = `photographs/${digest.slice(0, 2)}/${digest}.webp`;
  const kept = (await storage.find(key)) ?? (await makeMaster(storage, key, file));
  const { width, height } = await sharp(kept).metadata();
  return {
    width,
    height,
    mimeType: 'image/webp',
    digest,
    source: { kind: 'file', path: key },
    placeholder: await blurred(kept),
  };
};

const makeMaster = async (storage: Storage, key: string, file: Buffer): Promise<string> => {
  const temporary = path.join(storage.folder, 'incoming', `${randomUUID()}.webp`);
  await mkdir(path.dirname(temporary), { recursive: true });
  try {
    await sharp(file, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 90 })
      .timeout({ seconds: PATIENCE_S })
      .toFile(temporary);
    await storage.keep(key, temporary);
  } finally {
    await rm(temporary, { force: true });
  }
  return path.join(storage.folder, key);
};

/** A `data:` URL of 100 to 300 characters: the picture 16 pixels wide, which browsers blow up softly. */
const blurred = async (file: string): Promise<string> => {
  const tiny = await sharp(file)
    .resize({ width: 16, height: 16, fit: 'inside' })
    .webp({ quality: 40, effort: 6 })
    .toBuffer();
  return `data:image/webp;base64,${tiny.toString('base64')}`;
};
