const FIRST_MS = 250;
const LONGEST_MS = 15_000;

/** What ran this long was healthy: its next death is a first one again. */
export const HEALTHY_MS = 60_000;

/**
 * How long to wait before the next try: doubling, with the last half left to chance, so that what
 * died together does not come back together.
 *
 * @param deaths in a row, from 1
 * @returns milliseconds
 */
export const backOff = (deaths: number, random: () => number = Math.random): number => {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (deaths - 1));
  return Math.round(longest * (0.5 + random() / 2));
};
