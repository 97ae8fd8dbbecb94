import type { Sample } from './meter.ts';

/** How many times as slow as usual counts as no sign of overload. */
const TOLERATED_SLOWNESS = 2;

/** Slowness adds so many times the load at most: it may have other causes than load. */
const MAX_SLOWNESS = 2;

/** So much less than one replica fewer would do is needed before there is one fewer. */
const SLACK = 0.1;

/**
 * How many replicas the load of a subgraph needs: the highest load of the window that lasted for two
 * samples, over what one replica is to bear. So the number rises with the second sample of a new
 * load, falls when the window has forgotten the old one, and a peak of one sample counts for
 * nothing. Load counts for more where answers take more than twice as long as is usual in the window.
 *
 * @param window oldest first
 * @param target how many requests under way one replica is to bear
 * @returns a decimal number; those of several routers may be added
 */
export const needOf = (window: readonly Sample[], target: number): number => {
  const usualMs = median(window.flatMap(({ latencyMs }) => latencyMs ?? []));
  let need = 0;
  let before = 0;
  for (const sample of window) {
    const pressure = (sample.load / target) * slowness(sample, usualMs);
    need = Math.max(need, Math.min(before, pressure));
    before = pressure;
  }
  return need;
};

const slowness = ({ latencyMs }: Sample, usualMs: number): number => {
  if (latencyMs === null || usualMs === 0) return 1;
  return Math.min(MAX_SLOWNESS, Math.max(1, latencyMs / usualMs / TOLERATED_SLOWNESS));
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * How many replicas there are to be, at least one, where there are `current` ones: more as soon as
 * they are needed, fewer only where the rest has some room left.
 *
 * @param need as `needOf` gives it
 */
export const replicasFor = (need: number, current: number): number => {
  if (need > current) return Math.ceil(need);
  return Math.max(1, Math.min(current, Math.ceil(need + SLACK)));
};
