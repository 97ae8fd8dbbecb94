import { real, whole } from './arrays.ts';
import type { Interactions } from './interactions.ts';
import { best, type Neighbours } from './neighbours.ts';
import { squares, visitPairs } from './pairs.ts';

export interface CosineOptions {
  /** How many neighbours of an item are kept. */
  readonly neighbours: number;
  /** Pairs that fewer people share are left out. */
  readonly minPeople: number;
  /**
   * A cosine over few shared people is mostly chance, so it is multiplied by n / (n + shrinkage) where
   * n people are shared (Bell, Koren: Improved Neighborhood-based Collaborative Filtering, 2007).
   */
  readonly shrinkage: number;
}

/**
 * Item-based collaborative filtering (Sarwar, Karypis, Konstan, Riedl, 2001): the cosine between
 * every two items' vectors over people; above 0, at most 1.
 */
export const trainCosine = (interactions: Interactions, options: CosineOptions): Neighbours => {
  const { neighbours, minPeople, shrinkage } = options;
  const lengths = squares(interactions).map(Math.sqrt);
  const lists: Neighbours[number][] = [];
  visitPairs(interactions, ({ item, others, sums, people }) => {
    const near = others.flatMap((other) => {
      const shared = whole(people, other);
      if (shared < minPeople) return [];
      const cosine = real(sums, other) / (real(lengths, item) * real(lengths, other));
      // Rounding may carry it past 1.
      return { item: other, score: (Math.min(1, cosine) * shared) / (shared + shrinkage) };
    });
    lists.push(best(near, neighbours));
  });
  return lists;
};
