import { real, whole } from '../models/arrays.ts';
import type { Model } from '../models/model.ts';
import type { Split } from './split.ts';

/** How well a model foretold, person by person in the order of `later`; each 0 to 1. */
export interface Measures {
  /** Of what they bought later, the share that stands among the first 20. */
  readonly recall20: Float64Array;
  /** How near to the top of the first 10 it stands, against the best order there is. */
  readonly ndcg10: Float64Array;
}

const RECALL_AT = 20;
const NDCG_AT = 10;

/** What someone has bought already is not recommended. */
export const measure = (model: Model, { known, later }: Split): Measures => {
  const recall20 = new Float64Array(later.size);
  const ndcg10 = new Float64Array(later.size);
  let place = 0;
  for (const [person, wanted] of later) {
    const scores = model.scores(person).slice();
    for (let e = whole(known.starts, person); e < whole(known.starts, person + 1); e += 1) {
      scores[whole(known.item, e)] = Number.NEGATIVE_INFINITY;
    }
    const hits = firstOf(scores, RECALL_AT).map((item) => wanted.has(item));
    recall20[place] = hits.filter(Boolean).length / wanted.size;
    ndcg10[place] =
      gain(hits.slice(0, NDCG_AT)) / gain(Array(Math.min(NDCG_AT, wanted.size)).fill(true));
    place += 1;
  }
  return { recall20, ndcg10 };
};

/** The items of the greatest scores, the greatest first; of equals the lower number. */
const firstOf = (scores: Float64Array, count: number): readonly number[] => {
  const first: number[] = [];
  for (const [item, score] of scores.entries()) {
    const last = first[count - 1];
    if (last !== undefined && score <= real(scores, last)) continue;
    const place = first.findIndex((other) => score > real(scores, other));
    first.splice(place < 0 ? first.length : place, 0, item);
    if (first.length > count) first.pop();
  }
  return first;
};

/** Discounted cumulative gain: a hit at place n, from 1, counts 1 / log2(n + 1). */
const gain = (hits: readonly boolean[]): number =>
  hits.reduce((sum, isHit, index) => sum + (isHit ? 1 / Math.log2(index + 2) : 0), 0);

export const mean = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
