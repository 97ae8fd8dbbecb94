import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { real } from '../models/arrays.ts';

/** Where a mean lies with 95 % confidence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The same people are drawn in every run, so that the same file gives the same intervals. */
const SEED = 20_261_126;

/**
 * Draws as many people as there are, with repetition, `samples` times, and takes the mean of each draw
 * (the percentile bootstrap: Efron, 1979). Two models that are measured on the same people are compared
 * by the interval of their differences, person by person: what makes a person easy or hard for both
 * falls out of it.
 */
export const intervalOfMean = (values: Float64Array, samples: number): Interval => {
  if (values.length === 0) return { low: 0, high: 0 };
  const random = xoroshiro128plus(SEED);
  const means = Float64Array.from({ length: samples }, () => {
    let sum = 0;
    for (let n = 0; n < values.length; n += 1) {
      sum += real(values, uniformInt(random, 0, values.length - 1));
    }
    return sum / values.length;
  }).sort();
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
};

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] ?? 0;
