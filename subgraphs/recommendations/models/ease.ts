import { real, whole } from './arrays.ts';
import type { Interactions } from './interactions.ts';
import { invert } from './inverse.ts';
import { best, type Neighbours } from './neighbours.ts';
import { squares, visitPairs } from './pairs.ts';

export interface EaseOptions {
  /** How many neighbours of an item are kept. */
  readonly neighbours: number;
  /** Pairs that fewer people share are left out. */
  readonly minPeople: number;
  /** The penalty on weights: the greater it is, the more people it takes to say something. */
  readonly lambda: number;
  /** Told the share of the work that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * EASE (Steck: Embarrassingly Shallow Autoencoders for Sparse Data, 2019): the matrix B with an empty
 * diagonal that best tells every person's interests from their others, |X - XB|² + λ|B|². With P the
 * inverse of XᵀX + λ it is B[i,j] = -P[i,j] / P[j,j].
 *
 * Of it the greatest weights of every item are kept, as neighbours. Takes memory for a number for every
 * two items, and time with the cube: 3,000 items are 72 MB and a quarter of a minute.
 */
export const trainEase = (interactions: Interactions, options: EaseOptions): Neighbours => {
  const { neighbours, minPeople, lambda, onProgress } = options;
  const n = interactions.items;
  const matrix = gram(interactions, lambda);
  invert(matrix, n, onProgress);
  const lists: Neighbours[number][] = [];
  visitPairs(interactions, ({ item, others, people }) => {
    const near = others.flatMap((other) => {
      const score = -real(matrix, item * n + other) / real(matrix, other * n + other);
      return whole(people, other) >= minPeople && score > 0 ? { item: other, score } : [];
    });
    lists.push(best(near, neighbours));
  });
  return lists;
};

/** XᵀX + λ, row by row. */
const gram = (interactions: Interactions, lambda: number): Float64Array => {
  const n = interactions.items;
  const matrix = new Float64Array(n * n);
  visitPairs(interactions, ({ item, others, sums }) => {
    for (const other of others) matrix[item * n + other] = real(sums, other);
  });
  for (const [item, square] of squares(interactions).entries()) {
    matrix[item * n + item] = square + lambda;
  }
  return matrix;
};
