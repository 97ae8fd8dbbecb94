import type { Refusal } from '../errors.ts';

export type MediaKind = 'IMAGE' | 'VIDEO';

/** A file that someone said they would send. */
export interface Upload {
  readonly id: string;
  readonly userId: string;
  readonly kind: MediaKind;
  readonly alt: string;
  /** How many they said. */
  readonly bytes: number;
  readonly state: 'EXPECTED' | 'RECEIVED' | 'DONE' | 'REFUSED';
  /** What came, below the media folder; null before it did, and when it is needed no more. */
  readonly file: string | null;
  /** What became of it. */
  readonly mediaId: string | null;
  /** Why nothing became of it. */
  readonly refusal: Refusal | null;
  readonly expiresAt: Date;
  /** By the database's clock, when it was read. */
  readonly isExpired: boolean;
}

/** What someone says of a file before they send it. */
export interface BeginInput {
  readonly kind: MediaKind;
  readonly bytes: number;
  readonly alt: string;
}
