import { blended, blendModel, easeOfStrongest } from '../models/blend.ts';
import { trainCosine } from '../models/cosine.ts';
import { faded } from '../models/interactions.ts';
import { popularityModel } from '../models/model.ts';
import { popularity } from '../models/popularity.ts';
import type { ContestSettings } from './contestants.ts';
import { PARTS } from './evaluate.ts';
import { mean, measure } from './measures.ts';
import type { Purchase } from './purchases.ts';
import { type Split, splitByTime } from './split.ts';

const LAMBDAS = [50, 100, 200];
const HALF_LIVES = [0.1, 0.15, 0.25, Number.POSITIVE_INFINITY];
const COSINE_SHARES = [0.003, 0.01, 0.03];
const EXPONENTS = [0, 0.1, 0.3];
const HALF_LIVES_DAYS = [3, 5, 7, 10, 14, 20, 30, 60];

/** Settings that were tried. */
export interface Trial {
  readonly settings: ContestSettings;
  readonly recall20: number;
  readonly ndcg10: number;
}

/**
 * Tries settings on the validation part, never on the test part: first the baseline's half-life, so
 * that what the blend is compared with is at its best too, then the blend's own.
 *
 * @param onTrial told of every one
 * @returns the best, by the sum of both measures relative to the baseline's
 */
export const tune = (
  purchases: readonly Purchase[],
  start: ContestSettings,
  onTrial: (trial: Trial) => void,
): ContestSettings => {
  const split = splitByTime(purchases, PARTS.trained, PARTS.validated);
  const baselines = HALF_LIVES_DAYS.map((halfLifeDays): Trial => {
    const model = popularityModel('', popularity(split.known, split.today, halfLifeDays));
    return { settings: { ...start, halfLifeDays }, ...means(model, split) };
  });
  const baseline = bestOf(baselines, baselines[0]);
  const trials: Trial[] = [];
  for (const lambda of LAMBDAS) {
    for (const halfLife of HALF_LIVES) {
      const blend = { ...baseline.settings.blend, lambda, halfLife };
      for (const trial of tryShares(split, { ...baseline.settings, blend })) {
        trials.push(trial);
        onTrial(trial);
      }
    }
  }
  return bestOf(trials, baseline).settings;
};

/** What costs no further training of EASE. */
const tryShares = (split: Split, { blend, ...settings }: ContestSettings): readonly Trial[] => {
  const { known, today } = split;
  const current = faded(known, blend.halfLife);
  const cosine = trainCosine(current, blend);
  const ease = easeOfStrongest(current, blend);
  const recent = popularity(known, today, settings.halfLifeDays);
  return COSINE_SHARES.flatMap((cosineShare) => {
    const neighbours = blended(ease, cosine, { ...blend, cosineShare });
    return EXPONENTS.map((popularityExponent) => ({
      settings: { ...settings, blend: { ...blend, cosineShare }, popularityExponent },
      ...means(blendModel('', neighbours, known, recent, popularityExponent), split),
    }));
  });
};

const means = (model: Parameters<typeof measure>[0], split: Split) => {
  const { recall20, ndcg10 } = measure(model, split);
  return { recall20: mean(recall20), ndcg10: mean(ndcg10) };
};

const bestOf = (trials: readonly Trial[], reference: Trial | undefined): Trial => {
  const [first, ...others] = trials;
  if (first === undefined || reference === undefined) throw new RangeError('Nothing was tried.');
  const worth = (trial: Trial): number =>
    trial.recall20 / (reference.recall20 || 1) + trial.ndcg10 / (reference.ndcg10 || 1);
  return others.reduce((one, other) => (worth(other) > worth(one) ? other : one), first);
};
