import { real, whole } from './arrays.ts';
import { columnsOf, type Interactions } from './interactions.ts';

/** Of one item: what people who were interested in it were also interested in. */
export interface PairsOfItem {
  readonly item: number;
  /** The others, in no order; none twice. */
  readonly others: readonly number[];
  /** By other: the sum over people of weight × weight; 0 where they share nobody. */
  readonly sums: Float64Array;
  /** By other: how many people were interested in both. */
  readonly people: Uint32Array;
}

/**
 * Visits every item with its pairs, in order; the arrays are used again for the next item. Takes as
 * many steps as the sum of the squares of what each person was interested in.
 */
export const visitPairs = (
  interactions: Interactions,
  visit: (pairs: PairsOfItem) => void,
): void => {
  const { items, starts, item: itemOf, weight } = interactions;
  const columns = columnsOf(interactions);
  const sums = new Float64Array(items);
  const people = new Uint32Array(items);
  for (let item = 0; item < items; item += 1) {
    const others: number[] = [];
    for (let c = whole(columns.starts, item); c < whole(columns.starts, item + 1); c += 1) {
      const person = whole(columns.person, c);
      const own = real(weight, whole(columns.entry, c));
      for (let e = whole(starts, person); e < whole(starts, person + 1); e += 1) {
        const other = whole(itemOf, e);
        if (other === item) continue;
        if (whole(people, other) === 0) others.push(other);
        sums[other] = real(sums, other) + own * real(weight, e);
        people[other] = whole(people, other) + 1;
      }
    }
    visit({ item, others, sums, people });
    for (const other of others) {
      sums[other] = 0;
      people[other] = 0;
    }
  }
};

/** By item: the sum over people of the square of its weight. */
export const squares = ({ items, item, weight }: Interactions): Float64Array => {
  const sums = new Float64Array(items);
  for (const [entry, id] of item.entries()) sums[id] = real(sums, id) + real(weight, entry) ** 2;
  return sums;
};
