const FIRST_MS = 250;
const LONGEST_MS = 15_000;

/** What lasted this long was healthy: its next failure is a first one again. */
export const HEALTHY_MS = 60_000;

/**
 * How long to wait before the next try: doubling, with the last half left to chance, so that what
 * failed together does not come back together.
 *
 * @param failures in a row, from 1
 * @returns milliseconds
 */
export const backOff = (failures: number, random: () => number = Math.random): number => {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return Math.round(longest * (0.5 + random() / 2));
};
