import type { Rung } from './ladder.ts';

/** Where a rendition is to be written, and what interrupts it. */
export interface Order {
  /** The film as it came. */
  readonly source: string;
  readonly durationSeconds: number;
  /** An empty folder, for `<name>.mp4` and its playlist `<name>.m3u8`. */
  readonly folder: string;
  /** How much of this rendition is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Packages films for HLS. Each rendition is one fragmented MP4, and its playlist names byte ranges
 * of it: what is one file plays as a whole too, and is there as a whole or not at all.
 */
export interface Packager {
  readonly ladder: (film: { readonly width: number; readonly height: number }) => readonly Rung[];
  /** @throws Error where the film cannot be packaged, or the signal interrupted it */
  readonly make: (rung: Rung, order: Order) => Promise<void>;
  /** A picture of what is to be seen at this second; null where that cannot be had. */
  readonly still: (source: string, second: number) => Promise<Buffer | null>;
}
