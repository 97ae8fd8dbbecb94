import path from 'node:path';
import sharp from 'sharp';
import { exists, writeWhole } from './files.ts';
import { type Picture, WIDTHS } from './media.ts';
import { MAX_PIXELS } from './renditions.ts';
import { digestOfBytes } from './sources.ts';
import type { Place, Store } from './store.ts';

/** Raised when photographs are encoded otherwise, so that they get other URLs. */
const ENCODING_VERSION = 1;

/** Nothing is rendered wider. */
const MAX_SIDE = Math.max(...WIDTHS);

/** Where photographs go. */
export interface Library {
  readonly store: Pick<Store, 'addPhotograph' | 'attach'>;
  /** The media folder. */
  readonly folder: string;
}

/**
 * Takes a photograph in: turned upright, at most 1920 pixels a side, encoded anew so that nothing
 * but pixels remains (no EXIF, no place, nothing hidden behind the end of the file), written to the
 * media folder and to the table, and shown at `place` where one is given. The same bytes are the
 * same picture, however often they come; the text of the first time stays.
 *
 * @param file JPEG, PNG, WebP, AVIF, GIF or TIFF, of at most 50 megapixels
 * @param alt what it shows, for those who do not see it
 * @throws Error where the bytes are no such picture
 */
export const storePhotograph = async (
  { store, folder }: Library,
  file: Buffer,
  alt: string,
  place?: Place,
): Promise<Picture> => {
  const original = sharp(file, { limitInputPixels: MAX_PIXELS });
  const { format } = await original.metadata();
  // SVG could name other files, and a drawing is no photograph.
  if (format === 'svg') throw new Error('An SVG is no photograph.');

  const digest = digestOfBytes(`${ENCODING_VERSION} ${digestOfBytes(file)}`);
  const relative = `photographs/${digest.slice(0, 2)}/${digest}.webp`;
  const target = path.join(folder, relative);
  if (!(await exists(target))) {
    const upright = original
      .autoOrient()
      .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 90 });
    await writeWhole(target, (temporary) => upright.toFile(temporary));
  }

  const { width, height } = await sharp(target).metadata();
  const picture = await store.addPhotograph({
    alt,
    width,
    height,
    mimeType: 'image/webp',
    digest,
    source: { kind: 'file', path: relative },
    placeholder: await blurred(target),
  });
  if (place !== undefined) await store.attach(picture.id, place);
  return picture;
};

/** A `data:` URL of 100 to 300 characters: the picture 16 pixels wide, which browsers blow up softly. */
const blurred = async (file: string): Promise<string> => {
  const tiny = await sharp(file)
    .resize({ width: 16, height: 16, fit: 'inside' })
    .webp({ quality: 40, effort: 6 })
    .toBuffer();
  return `data:image/webp;base64,${tiny.toString('base64')}`;
};
