import { real, whole } from './arrays.ts';

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
    /** @param ofAPerson how many items of a person are kept, the newest first */
    finish: (items: number, ofAPerson: number = items): Interactions =>
      compressed(
        rows.map((row) => newest(row, ofAPerson)),
        items,
      ),
  };
};

type Row = ReadonlyMap<number, { readonly weight: number; readonly day: number }>;

const newest = (row: Row, count: number): Row =>
  row.size <= count
    ? row
    : new Map(
        [...row]
          .sort(([one, { day: day1 }], [other, { day: day2 }]) => day2 - day1 || one - other)
          .slice(0, count),
      );

const compressed = (rows: readonly Row[], items: number): Interactions => {
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

/**
 * The same with old interest counting less: half as much for every share `halfLife` of all entries that
 * came after it. So age is counted in what happened since, not in days: a quiet market forgets as much
 * by a thousand events as a busy one, and history from a file is not worthless for being old.
 *
 * @param halfLife above 0; 0.1 halves the weight of an entry that a tenth of all are newer than
 */
export const faded = (interactions: Interactions, halfLife: number): Interactions => {
  const { day, weight } = interactions;
  const days = day.toSorted();
  const newer = new Map<number, number>();
  for (const [index, each] of days.entries()) newer.set(each, days.length - 1 - index);
  return {
    ...interactions,
    weight: weight.map((each, entry) => {
      const share = (newer.get(real(day, entry)) ?? 0) / days.length;
      return each * 0.5 ** (share / halfLife);
    }),
  };
};

/** How many people were interested in each item. */
export const peopleByItem = ({ items, item }: Interactions): Uint32Array => {
  const people = new Uint32Array(items);
  for (const id of item) people[id] = whole(people, id) + 1;
  return people;
};

/** The columns of some items only; item `chosen[n]` becomes number n. */
export const restricted = (interactions: Interactions, chosen: Uint32Array): Interactions => {
  const { people, items, starts, item, weight, day } = interactions;
  const numbers = new Int32Array(items).fill(-1);
  for (const [number, id] of chosen.entries()) numbers[id] = number;
  const numberOf = (entry: number): number => numbers[whole(item, entry)] ?? -1;
  const kept = Uint32Array.from([...item.keys()].filter((entry) => numberOf(entry) >= 0));
  const ends = new Uint32Array(people + 1);
  for (let person = 0, passed = 0; person < people; person += 1) {
    while (passed < kept.length && whole(kept, passed) < whole(starts, person + 1)) passed += 1;
    ends[person + 1] = passed;
  }
  return {
    people,
    items: chosen.length,
    starts: ends,
    item: kept.map(numberOf),
    weight: Float64Array.from(kept, (entry) => real(weight, entry)),
    day: Float64Array.from(kept, (entry) => real(day, entry)),
  };
};
