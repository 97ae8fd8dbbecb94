/** How many of the newest matches are ranked: ranking all would read all, and nobody pages further. */
export const MAX_RANKED = 500;

/** How many of the newest items of a list are divided into facets. */
export const MAX_DIVIDED = 1_000;

/** A longer list is as good as endless to whoever looks at its length. */
export const MAX_COUNT = 10_000;

/** Of a search less far: it reads every item that it counts, where a list is counted in an index. */
export const MAX_COUNT_OF_SEARCH = 1_000;

/**
 * How many of the newest items for sale are searched first, then how many more, then all. Each is three
 * times the one before: where a step finds enough, it reads at most three times as many as are wanted.
 */
const STEPS = [6_000, 18_000, 54_000, 162_000, 486_000] as const;

/** Since when the newest so many items were put up for sale; shorter in a market that is small. */
export type Eras = readonly Date[];

/** Before it is known how old items are, all of them are searched at once. */
export const NO_ERAS: Eras = [];

/** @param nthNewest when the item was put up for sale before which there are `n`; null where there are less */
export const readEras = async (nthNewest: (n: number) => Promise<Date | null>): Promise<Eras> => {
  const eras: Date[] = [];
  for (const step of STEPS) {
    const since = await nthNewest(step);
    if (since === null) break;
    eras.push(since);
  }
  return eras;
};
