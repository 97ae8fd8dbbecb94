/** An item that goes with another. */
export interface Neighbour {
  readonly item: number;
  /** How well; above 0, on the scale of its model. */
  readonly score: number;
}

/** By item: what goes with it, best first. */
export type Neighbours = readonly (readonly Neighbour[])[];

/** The best `count` of them, best first; of equals the lower number, so that all runs agree. */
export const best = (neighbours: readonly Neighbour[], count: number): readonly Neighbour[] =>
  neighbours
    .toSorted((one, other) => other.score - one.score || one.item - other.item)
    .slice(0, count);
