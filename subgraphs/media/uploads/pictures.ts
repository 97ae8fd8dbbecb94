import sharp from 'sharp';
import type { Refusal } from '../errors.ts';
import { whatElse } from '../foreign.ts';
import { MAX_PIXELS } from '../renditions.ts';

type PictureType = 'jpeg' | 'png' | 'webp' | 'gif' | 'heif';

/** How files of each type begin, as `latin1`; what their names say does not matter. */
const BEGINNINGS: readonly (readonly [PictureType, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n/],
  ['gif', /^GIF8[79]a/],
  ['webp', /^RIFF.{4}WEBP/s],
  ['heif', /^.{4}ftyp(?:avif|avis|heic|heix|heim|heis|hevc|hevx|mif1|msf1)/s],
];

const typeOf = (file: Buffer): PictureType | null => {
  const head = file.toString('latin1', 0, 16);
  return BEGINNINGS.find(([, pattern]) => pattern.test(head))?.[0] ?? null;
};

/**
 * Why a file does not become a picture, from its content alone; null where nothing speaks against it.
 * Of what moves, the first frame is taken. What follows after a picture's end is dropped with all else
 * that is no pixel, except that a file which is something else as well is refused.
 */
export const judgePicture = async (file: Buffer): Promise<Refusal | null> => {
  const type = typeOf(file);
  if (type === null) return NO_PICTURE;
  const other = whatElse(file);
  if (other !== null) return isAlso(other);
  const facts = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (facts === null) return type === 'heif' ? NO_HEIC : UNREADABLE;
  if (facts.format !== type) return NO_PICTURE;
  if (type === 'heif' && facts.compression !== 'av1') return NO_HEIC;
  return facts.width * facts.height > MAX_PIXELS ? TOO_MANY_PIXELS : null;
};

const NO_PICTURE: Refusal = {
  code: 'UNSUPPORTED_TYPE',
  message: 'The file is no JPEG, PNG, WebP, AVIF or GIF, whatever its name says; save it as one.',
};

const NO_HEIC: Refusal = {
  code: 'UNSUPPORTED_TYPE',
  message:
    'HEIC is not taken; save the picture as JPEG, or set the camera to its compatible format.',
};

const UNREADABLE: Refusal = {
  code: 'DAMAGED',
  message: 'The picture cannot be read; open it, save it anew and send that.',
};

const TOO_MANY_PIXELS: Refusal = {
  code: 'TOO_MANY_PIXELS',
  message: `A picture has at most ${MAX_PIXELS / 1_000_000} megapixels; save it smaller.`,
};

const isAlso = (what: string): Refusal => ({
  code: 'UNSUPPORTED_TYPE',
  message: `The file is a picture and ${what} at once; open it, save the picture anew and send that.`,
});
