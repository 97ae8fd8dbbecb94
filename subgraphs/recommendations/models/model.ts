import { real, whole } from './arrays.ts';
import type { Interactions } from './interactions.ts';
import type { Neighbours } from './neighbours.ts';

/** Tells how well each item suits someone. */
export interface Model {
  readonly name: string;
  /**
   * By item: the greater, the better; items of equal score come in the order of their numbers.
   *
   * @param person whose entries in the interactions that it was trained on are their history
   */
  readonly scores: (person: number) => Float64Array;
}

/** What is popular, for everyone the same. */
export const popularityModel = (name: string, popularity: Float64Array): Model => ({
  name,
  scores: () => popularity,
});

/** What goes with what they did. */
export const neighbourModel = (
  name: string,
  neighbours: Neighbours,
  history: Interactions,
): Model => ({
  name,
  scores: (person) => sumOfNeighbours(neighbours, history, person),
});

/** By item: the scores as a neighbour of everything in the person's history, by its weights. */
const sumOfNeighbours = (
  neighbours: Neighbours,
  { items, starts, item: itemOf, weight }: Interactions,
  person: number,
): Float64Array => {
  const scores = new Float64Array(items);
  for (let entry = whole(starts, person); entry < whole(starts, person + 1); entry += 1) {
    for (const { item, score } of neighbours[whole(itemOf, entry)] ?? []) {
      scores[item] = real(scores, item) + real(weight, entry) * score;
    }
  }
  return scores;
};
