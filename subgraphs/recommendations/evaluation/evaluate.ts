import { type Interval, intervalOfMean } from './bootstrap.ts';
import { BASELINE, type ContestSettings, trainAll } from './contestants.ts';
import { mean, measure } from './measures.ts';
import type { Purchase } from './purchases.ts';
import { splitByTime } from './split.ts';

/** How the year is cut: settings are chosen on validation, and test is looked at once. */
export const PARTS = { trained: 0.7, validated: 0.8, tested: 1 } as const;

/** A mean over people, and where it lies with 95 % confidence. */
interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

export interface Result {
  readonly name: string;
  readonly recall20: Estimate;
  readonly ndcg10: Estimate;
  /** This model less the baseline, person by person. */
  readonly gain: { readonly recall20: Estimate; readonly ndcg10: Estimate };
}

export interface Evaluation {
  readonly results: readonly Result[];
  /** The name of the model with the greatest NDCG@10. */
  readonly best: string;
  readonly baseline: string;
  /** People whose purchases were foretold. */
  readonly people: number;
}

/** Trains on what came before the test part, and measures on it. */
export const evaluateOnTest = (
  purchases: readonly Purchase[],
  settings: ContestSettings,
  samples: number,
  onProgress: (share: number) => void,
): Evaluation => {
  const split = splitByTime(purchases, PARTS.validated, PARTS.tested);
  const measured = trainAll(split, settings, onProgress).map((model) => ({
    name: model.name,
    ...measure(model, split),
  }));
  const baseline = measured.find(({ name }) => name === BASELINE);
  const estimate = (values: Float64Array): Estimate => ({
    value: mean(values),
    interval: intervalOfMean(values, samples),
  });
  const above = (values: Float64Array, others: Float64Array | undefined): Estimate =>
    estimate(values.map((value, person) => value - (others?.[person] ?? 0)));
  const results = measured.map(({ name, recall20, ndcg10 }) => ({
    name,
    recall20: estimate(recall20),
    ndcg10: estimate(ndcg10),
    gain: {
      recall20: above(recall20, baseline?.recall20),
      ndcg10: above(ndcg10, baseline?.ndcg10),
    },
  }));
  const ranked = results.toSorted((one, other) => other.ndcg10.value - one.ndcg10.value);
  return { results, best: ranked[0]?.name ?? '', baseline: BASELINE, people: split.later.size };
};
