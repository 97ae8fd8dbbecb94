import { type BlendSettings, blended, blendModel, easeOfStrongest } from '../models/blend.ts';
import { trainCosine } from '../models/cosine.ts';
import { faded } from '../models/interactions.ts';
import { type Model, neighbourModel, popularityModel } from '../models/model.ts';
import { popularity } from '../models/popularity.ts';
import type { Split } from './split.ts';

/** What the contestants are trained with. */
export interface ContestSettings {
  readonly blend: BlendSettings;
  /** Of recent popularity, in days. */
  readonly halfLifeDays: number;
  readonly popularityExponent: number;
}

/** The names of the models, the plainest first. */
export const NAMES = ['popularity', 'recent popularity', 'cosine', 'EASE', 'blend'] as const;

/** What the others are compared with. */
export const BASELINE = 'recent popularity' satisfies (typeof NAMES)[number];

/** Trains every model on what is known. */
export const trainAll = (
  { known, today }: Split,
  { blend, halfLifeDays, popularityExponent }: ContestSettings,
  onProgress: (share: number) => void,
): readonly Model[] => {
  const current = faded(known, blend.halfLife);
  const recent = popularity(known, today, halfLifeDays);
  const cosine = trainCosine(current, blend);
  const ease = easeOfStrongest(current, blend, onProgress);
  const [ever, lately, near, eased, mixed] = NAMES;
  return [
    popularityModel(ever, popularity(known, today, Number.POSITIVE_INFINITY)),
    popularityModel(lately, recent),
    neighbourModel(near, cosine, known),
    neighbourModel(eased, ease, known),
    blendModel(mixed, blended(ease, cosine, blend), known, recent, popularityExponent),
  ];
};
