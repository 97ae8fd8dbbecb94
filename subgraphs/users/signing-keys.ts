import { ACCESS_TOKEN_LIFETIME_S } from '../../contract/access-token.ts';

/** What decides over a key that signs access tokens. */
export interface KeyTimes {
  readonly signsFrom: Date;
}

const DAY_MS = 86_400_000;

/** How long a key signs. */
const SIGNS_MS = 30 * DAY_MS;

/**
 * How long before a key's end its successor is made. Routers keep the key set for 10 minutes, and it
 * is when they ask for it again that a successor is made; so each knows a key before it signs.
 */
const AHEAD_MS = DAY_MS;

/** For clocks that are apart. */
const MARGIN_MS = 3_600_000;

const endOf = ({ signsFrom }: KeyTimes): number => signsFrom.getTime() + SIGNS_MS;

/** The key that signs now; null where none does. */
export const signingKeyAt = <Key extends KeyTimes>(keys: readonly Key[], now: Date): Key | null =>
  keys.find((key) => key.signsFrom <= now && now.getTime() < endOf(key)) ?? null;

/** Whether a key stands in the key set: from when it is made until its last token has ended. */
export const isPublished = (key: KeyTimes, now: Date): boolean =>
  now.getTime() < endOf(key) + ACCESS_TOKEN_LIFETIME_S * 1_000 + MARGIN_MS;

/**
 * From when a new key would sign; null where none is needed yet. It begins where the last one ends,
 * or at once where none signs: the first of all, or after a time in which nobody asked.
 */
export const nextKeySignsFrom = (keys: readonly KeyTimes[], now: Date): Date | null => {
  if (signingKeyAt(keys, now) === null) return now;
  const lastEnd = Math.max(...keys.map(endOf));
  return now.getTime() < lastEnd - AHEAD_MS ? null : new Date(lastEnd);
};
