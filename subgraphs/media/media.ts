import { drawnPlaceholder } from './placeholders.ts';
import type { Source } from './sources.ts';

/** What pictures and films have in common. */
interface Shown {
  readonly id: string;
  readonly alt: string;
  /** Of the original, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Part of every URL, so that a URL never changes its content. */
  readonly digest: string;
  readonly source: Source;
  /** A `data:` URL. */
  readonly placeholder: string;
  /** Null for what nobody uploaded. */
  readonly uploaderId: string | null;
  /** Whether everyone may see it. */
  readonly isPublic: boolean;
  /** Until when an address that is given out now lets its bearer see it, in seconds since 1970. */
  readonly signedUntil: number;
}

export interface Picture extends Shown {
  readonly kind: 'IMAGE';
}

export interface Film extends Shown {
  readonly kind: 'VIDEO';
  readonly mimeType: string;
  /** One decimal. */
  readonly durationSeconds: string;
  readonly posterId: string | null;
  readonly packaging: Packaging;
}

/** How far a film is on its way to viewers; the schema's `VideoStatus`. */
export type FilmStatus = 'QUEUED' | 'PACKAGING' | 'READY' | 'FAILED';

export interface Packaging {
  readonly status: FilmStatus;
  /** In percent. */
  readonly progress: number;
}

export type MediaItem = Picture | Film;

/** How a picture is encoded: the schema's name, and what stands at the end of its URL. */
export const EXTENSIONS = { AVIF: 'avif', JPEG: 'jpeg', PNG: 'png', WEBP: 'webp' } as const;

export type Format = keyof typeof EXTENSIONS;

/** A picture at one size and encoding. */
export interface Rendition {
  /** What its URL says: one of `WIDTHS`. */
  readonly nominalWidth: number;
  /** What it has, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly format: Format;
}

/** In pixels. A closed list, so that nobody can have a picture rendered in two thousand widths. */
export const WIDTHS = [160, 320, 480, 640, 960, 1280, 1920] as const;

const [SMALLEST] = WIDTHS;

/** The widths that a picture is rendered in: none is wider than the original, unless all are. */
const widthsOf = (picture: Picture): readonly number[] => {
  const fitting = WIDTHS.filter((width) => width <= picture.width);
  return fitting.length > 0 ? fitting : [SMALLEST];
};

/** The narrowest rendition that is at least `wanted` pixels wide, or the widest that there is. */
export const renditionFor = (picture: Picture, wanted: number, format: Format): Rendition => {
  const widths = widthsOf(picture);
  const width = widths.find((each) => each >= wanted) ?? widths.at(-1) ?? SMALLEST;
  return rendition(picture, width, format);
};

/** The rendition of exactly that width, or null where the picture is not rendered in it. */
export const renditionAt = (picture: Picture, width: number, format: Format): Rendition | null =>
  widthsOf(picture).includes(width) ? rendition(picture, width, format) : null;

/** The renditions for those widths, in their order; what comes out the same comes once. */
export const renditionsFor = (
  picture: Picture,
  wanted: readonly number[],
  format: Format,
): readonly Rendition[] => {
  const found = wanted.map((width) => renditionFor(picture, width, format));
  return [...new Map(found.map((each) => [each.nominalWidth, each])).values()];
};

// A picture narrower than all widths is not blown up: its rendition has its own size.
const rendition = (picture: Picture, nominalWidth: number, format: Format): Rendition => {
  const width = Math.min(nominalWidth, picture.width);
  const height = Math.max(1, Math.round((picture.height * width) / picture.width));
  return { nominalWidth, width, height, format };
};

/** Below the router's address. */
export const imagePath = (picture: Picture, { nominalWidth, format }: Rendition): string =>
  `/media/images/${picture.id}/${picture.digest}/w${nominalWidth}.${EXTENSIONS[format]}`;

/** Below the router's address. */
export const videoPath = (film: Film): string => `/media/videos/${film.id}/${film.digest}.mp4`;

/** Below the router's address; null where the film is not packaged for streaming. */
export const masterPath = (film: Film): string | null => {
  if (film.source.kind !== 'film' || film.packaging.status !== 'READY') return null;
  return `/media/hls/${film.id}/${film.digest}/master.m3u8`;
};

/** Whether someone may know of it; null is a guest. */
export const isVisibleTo = (item: MediaItem, viewerId: string | null): boolean =>
  item.isPublic || (viewerId !== null && item.uploaderId === viewerId);

/** A blurred preview; the database sees to it that what is not drawn has one in its row. */
export const placeholderOf = (stored: string | null, source: Source): string =>
  stored ?? drawnPlaceholder(source) ?? '';

/** The cover of an item, or the picture of a person. */
export const firstPicture = (shown: readonly MediaItem[]): Picture | null =>
  shown.find((item) => item.kind === 'IMAGE') ?? null;
