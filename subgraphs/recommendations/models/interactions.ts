import { whole } from './arrays.ts';

/** One person's interest in one item. */
export interface Interest {
  /** From 0, without gaps. */
  readonly person: number;
  /** From 0, without gaps. */
  readonly item: number;
  /** How much the act says; above 0. */
  readonly weight: number;
  /** When, in days on any scale. */
  readonly day: number;
}

/**
 * Who was interested in what: the rows of a matrix of people and items one after the other, without
 * its zeros (compressed sparse rows). A pair stands in it once.
 */
export interface Interactions {
  readonly people: number;
  readonly items: number;
  /** Person p has the entries from `starts[p]` up to, not including, `starts[p + 1]`. */
  readonly starts: Uint32Array;
  readonly item: Uint32Array;
  readonly weight: Float64Array;
  /** When they were last interested. */
  readonly day: Float64Array;
}

/**
 * Gathers interests one after the other, in any order: of a pair the greatest weight and the last
 * day are kept.
 *
 * @param counts how many people and items there are
 */
export const gatherInteractions = () => {
  const rows: Map<number, { weight: number; day: number }>[] = [];
  return {
    add: ({ person, item, weight, day }: Interest): void => {
      while (rows.length <= person) rows.push(new Map());
      const row = rows[person];
      const known = row?.get(item);
      if (known === undefined) {
        row?.set(item, { weight, day });
        return;
      }
      known.weight = Math.max(known.weight, weight);
      known.day = Math.max(known.day, day);
    },
    finish: (items: number): Interactions => compressed(rows, items),
  };
};

const compressed = (
  rows: readonly ReadonlyMap<number, { weight: number; day: number }>[],
  items: number,
): Interactions => {
  const size = rows.reduce((sum, row) => sum + row.size, 0);
  const starts = new Uint32Array(rows.length + 1);
  const item = new Uint32Array(size);
  const weight = new Float64Array(size);
  const day = new Float64Array(size);
  let place = 0;
  for (const [person, row] of rows.entries()) {
    // In one order whatever order they came in: sums of floats depend on it.
    for (const [id, interest] of [...row].sort(([one], [other]) => one - other)) {
      item[place] = id;
      weight[place] = interest.weight;
      day[place] = interest.day;
      place += 1;
    }
    starts[person + 1] = place;
  }
  return { people: rows.length, items, starts, item, weight, day };
};

/** The columns of such a matrix: for each item the people, and where their entries stand. */
export interface Columns {
  readonly starts: Uint32Array;
  readonly person: Uint32Array;
  readonly entry: Uint32Array;
}

export const columnsOf = ({ people, items, starts: rows, item }: Interactions): Columns => {
  const starts = new Uint32Array(items + 1);
  for (const id of item) starts[id + 1] = whole(starts, id + 1) + 1;
  for (let id = 0; id < items; id += 1) starts[id + 1] = whole(starts, id + 1) + whole(starts, id);
  const next = starts.slice();
  const person = new Uint32Array(item.length);
  const entry = new Uint32Array(item.length);
  for (let p = 0; p < people; p += 1) {
    for (let e = whole(rows, p); e < whole(rows, p + 1); e += 1) {
      const place = whole(next, whole(item, e));
      next[whole(item, e)] = place + 1;
      person[place] = p;
      entry[place] = e;
    }
  }
  return { starts, person, entry };
};
