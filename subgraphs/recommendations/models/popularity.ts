import { real } from './arrays.ts';
import type { Interactions } from './interactions.ts';

/**
 * How much people are interested in each item: each person counts once, by the weight of what they
 * did, and half as much after every `halfLife` days (for ever as much where that is infinite).
 *
 * @param today the day that age is counted from
 */
export const popularity = (
  { items, item, weight, day }: Interactions,
  today: number,
  halfLife: number,
): Float64Array => {
  const scores = new Float64Array(items);
  for (const [entry, id] of item.entries()) {
    const age = today - real(day, entry);
    scores[id] = real(scores, id) + real(weight, entry) * 0.5 ** (age / halfLife);
  }
  return scores;
};

/** The same, with the most popular item at 1. */
export const relative = (scores: Float64Array): Float64Array => {
  const most = scores.reduce((one, other) => Math.max(one, other), 0);
  return most === 0 ? scores : scores.map((score) => score / most);
};
