import { availableParallelism } from 'node:os';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { CLIP_FOLDER, stillFile } from './clips.ts';
import { drawScene } from './drawing.ts';
import { exists, writeWhole } from './files.ts';
import { readIcon } from './icons.ts';
import { EXTENSIONS, type Format, type Picture, type Rendition } from './media.ts';
import { drawPortrait } from './portraits.ts';
import type { Source } from './sources.ts';
import type { Storage } from './storage.ts';
import { createTurnstile } from './turnstile.ts';

/** Largest photograph that is opened, in pixels; what claims more is a bomb or a mistake. */
export const MAX_PIXELS = 50_000_000;

/** Renditions that wait for their turn; at about 0.2 s each, the last comes within the minute. */
const MAX_WAITING = 256;

/** What is known of a rendition from its URL. */
export interface RenditionName {
  readonly id: string;
  readonly digest: string;
  readonly nominalWidth: number;
  readonly format: Format;
}

/** Renders pictures when they are first asked for, and keeps them on disk. */
export interface Renditions {
  /** Where they are kept. */
  readonly folder: string;
  /**
   * The file of this rendition below `folder`, where it was made before and is for everyone whatever
   * happens. Those of uploads lie apart and are found by `make` alone, for which the row is read: it says
   * whether they may be seen.
   */
  readonly find: (name: RenditionName) => Promise<string | null>;
  /**
   * The file of this rendition below `folder`, made unless it is there. However many ask for the
   * same at once, it is made once.
   *
   * @throws BusyError where too many renditions are waiting to be made.
   */
  readonly make: (picture: Picture, rendition: Rendition) => Promise<string>;
}

export const openRenditions = (storage: Storage): Renditions => {
  const folder = path.join(storage.folder, 'renditions');
  const underWay = new Map<string, Promise<string>>();
  // One core is left to answer requests.
  const inTurn = createTurnstile(Math.max(1, availableParallelism() - 1), MAX_WAITING);

  const render = async (file: string, picture: Picture, rendition: Rendition): Promise<string> => {
    const target = path.join(folder, file);
    const image = encode(await canvasOf(picture.source, rendition.width, storage), rendition);
    await writeWhole(target, (temporary) => image.toFile(temporary));
    return file;
  };

  // What is there need not wait for its turn.
  const renderUnlessThere: typeof render = async (file, picture, rendition) =>
    (await exists(path.join(folder, file))) ? file : inTurn(() => render(file, picture, rendition));

  return {
    folder,
    find: async (name) => {
      const file = fileOf(name);
      return (await exists(path.join(folder, file))) ? file : null;
    },
    make: (picture, rendition) => {
      const apart = picture.uploaderId === null ? '' : 'uploaded/';
      const file = `${apart}${fileOf({ ...picture, ...rendition })}`;
      const running = underWay.get(file);
      if (running !== undefined) return running;
      const started = renderUnlessThere(file, picture, rendition).finally(() =>
        underWay.delete(file),
      );
      underWay.set(file, started);
      return started;
    },
  };
};

const fileOf = ({ id, digest, nominalWidth, format }: RenditionName): string =>
  `${digest.slice(0, 2)}/${id}/${digest}/w${nominalWidth}.${EXTENSIONS[format]}`;

/** The picture, at least `width` pixels wide where the original is. */
const canvasOf = async (source: Source, width: number, storage: Storage): Promise<Sharp> => {
  switch (source.kind) {
    case 'drawn':
      return drawn(drawScene(readIcon(source.icon), source.palette, source.variant, width));
    case 'portrait':
      return drawn(drawPortrait(source.looks, source.palette, width));
    case 'still':
      return sharp(path.join(CLIP_FOLDER, stillFile(source.name)));
    case 'file':
      return sharp(await photographFile(source.path, storage), { limitInputPixels: MAX_PIXELS });
    case 'clip':
    case 'film':
      throw new Error('A film is no picture.');
  }
};

const drawn = (svg: string): Sharp => sharp(Buffer.from(svg));

const photographFile = async (key: string, storage: Storage): Promise<string> => {
  const file = await storage.find(key);
  if (file === null) throw new Error('The master of a photograph is gone.');
  return file;
};

const encode = (image: Sharp, { width, height, format }: Rendition): Sharp => {
  const sized = image.resize({ width, height, fit: 'fill' });
  switch (format) {
    case 'AVIF':
      // Effort 4, the default, takes four times as long for 15 % fewer bytes.
      return sized.avif({ quality: 55, effort: 2 });
    case 'JPEG':
      return sized.flatten({ background: '#fff' }).jpeg({ quality: 82, mozjpeg: true });
    case 'PNG':
      return sized.png();
    case 'WEBP':
      return sized.webp({ quality: 80 });
  }
};
