import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CLIP_FOLDER, CLIPS, type ClipName, clipFile, stillFile } from './clips.ts';
import { SCENE, type Variant } from './drawing.ts';
import { readIcon } from './icons.ts';
import type { PaletteName } from './palettes.ts';
import { type Looks, PORTRAIT_SIDE } from './portraits.ts';

/** A product picture, drawn from an icon of Phosphor. */
export interface DrawnSource {
  readonly kind: 'drawn';
  /** As on phosphoricons.com, such as `vinyl-record`. */
  readonly icon: string;
  readonly palette: PaletteName;
  readonly variant: Variant;
}

/** A drawn person. */
export interface PortraitSource {
  readonly kind: 'portrait';
  readonly looks: Looks;
  readonly palette: PaletteName;
}

/** A film that comes with the code. */
export interface ClipSource {
  readonly kind: 'clip';
  readonly name: ClipName;
}

/** The first frame of such a film. */
export interface StillSource {
  readonly kind: 'still';
  readonly name: ClipName;
}

/** A photograph, below the media folder. */
export interface FileSource {
  readonly kind: 'file';
  /** With forward slashes. */
  readonly path: string;
}

/** A film in one size, packaged for HLS (RFC 8216): one MP4 whose byte ranges are the segments. */
export interface FilmRendition {
  /** Such as `720p`. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** The most that a segment takes, in bits a second. */
  readonly bandwidth: number;
  /** As RFC 6381 writes them, such as `avc1.64001f,mp4a.40.2`. */
  readonly codecs: string;
  /** Below the media folder. */
  readonly file: string;
  /** The playlist of its segments, below the media folder. */
  readonly playlist: string;
}

/** An uploaded film. */
export interface FilmSource {
  readonly kind: 'film';
  /** The best first; none while it is being packaged. */
  readonly renditions: readonly FilmRendition[];
}

/** Where the bytes of a picture or film come from. */
export type Source =
  | DrawnSource
  | PortraitSource
  | ClipSource
  | StillSource
  | FileSource
  | FilmSource;

/** What a source says about its bytes without anyone having written a row. */
export type Recipe = Exclude<Source, FileSource | FilmSource>;

/** Everything in a row of `media_items` that follows from its recipe. */
export interface Description {
  readonly kind: 'IMAGE' | 'VIDEO';
  readonly source: Recipe;
  readonly digest: string;
  readonly width: number;
  readonly height: number;
  readonly mimeType: string;
  /** Null where it is drawn from the palette on the way out; see placeholders.ts. */
  readonly placeholder: string | null;
  readonly durationSeconds: string | null;
}

/** To be raised when drawings or icons change, since URLs promise that their content does not. */
const DRAWING_VERSION = 1;

/** Hex digits of a digest: 128 bits. */
export const DIGEST_LENGTH = 32;

/**
 * The row that a recipe makes, apart from its id, its text and its poster.
 *
 * @throws Error where the recipe names an icon that does not exist
 */
export const describe = (source: Recipe): Description => {
  const digest = digestOf(source);
  switch (source.kind) {
    case 'drawn':
      readIcon(source.icon);
      return { ...DRAWN, source, digest, ...SCENE };
    case 'portrait':
      return { ...DRAWN, source, digest, width: PORTRAIT_SIDE, height: PORTRAIT_SIDE };
    case 'still':
      return { ...film(source.name), ...STILL, source, digest };
    case 'clip':
      return { ...film(source.name), kind: 'VIDEO', mimeType: 'video/mp4', source, digest };
  }
};

const DRAWN = {
  kind: 'IMAGE',
  mimeType: 'image/svg+xml',
  placeholder: null,
  durationSeconds: null,
} as const;

const STILL = { kind: 'IMAGE', mimeType: 'image/webp', durationSeconds: null } as const;

const film = (name: ClipName) => {
  const { width, height, durationSeconds, placeholder } = CLIPS[name];
  return { width, height, durationSeconds, placeholder };
};

/** What determines the bytes, as hex: the same recipe has the same digest, everywhere. */
export const digestOf = (source: Recipe): string => {
  switch (source.kind) {
    case 'clip':
      return digestOfBytes(readFileSync(path.join(CLIP_FOLDER, clipFile(source.name))));
    case 'still':
      return digestOfBytes(readFileSync(path.join(CLIP_FOLDER, stillFile(source.name))));
    case 'drawn':
      return digestOfDrawing([source.kind, source.icon, source.palette, source.variant]);
    case 'portrait': {
      const { hair, hairColour, skin, glasses } = source.looks;
      return digestOfDrawing([source.kind, source.palette, hair, hairColour, skin, glasses]);
    }
  }
};

// An array, because objects come back from JSONB with their fields in another order.
const digestOfDrawing = (parts: readonly unknown[]): string =>
  digestOfBytes(JSON.stringify([DRAWING_VERSION, ...parts]));

export const digestOfBytes = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, DIGEST_LENGTH);
