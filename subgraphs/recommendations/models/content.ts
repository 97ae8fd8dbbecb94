import { best, type Neighbour, type Neighbours } from './neighbours.ts';

/** What a listing says of an item. */
export interface Description {
  readonly title: string;
  readonly brand: string | null;
  readonly categoryId: string;
  readonly price: { readonly minorUnits: number; readonly currencyCode: string };
  /** What cannot be bought is nobody's neighbour; it has neighbours itself. */
  readonly isAvailable: boolean;
}

/** What the same brand and as good as the same price add to a cosine of titles, which is at most 1. */
const BRAND = 0.3;
const PRICE = 0.2;

/** Of a word in more titles than this, within a category, the last ones are looked up: the newest. */
const MAX_ITEMS_OF_A_WORD = 500;

/**
 * What is alike by what is written of it, for items that nobody has done anything with yet: of the same
 * category, with a word of the title or the brand in common; the nearer, the rarer the words that they
 * share (cosine of TF-IDF) and the closer the prices.
 *
 * @param wanted whose neighbours are asked for; the others get none
 * @param items the oldest first
 * @returns scores above 0, at most 1
 */
export const findSimilar = (
  items: readonly Description[],
  wanted: ReadonlySet<number>,
  count: number,
): Neighbours => {
  const words = items.map(({ title }) => wordsOf(title));
  const places = indexOf(items, words);
  const rarity = rarityOf(words);
  const length = (item: number): number =>
    Math.sqrt((words[item] ?? []).reduce((sum, word) => sum + rarity(word) ** 2, 0)) || 1;

  const near = (item: number, own: Description): readonly Neighbour[] => {
    const shared = new Map<number, number>();
    for (const [key, weight] of keysOf(own, words[item] ?? [], rarity)) {
      for (const other of places.get(key) ?? []) {
        if (other !== item) shared.set(other, (shared.get(other) ?? 0) + weight);
      }
    }
    return [...shared].flatMap(([other, sum]) => {
      const theirs = items[other];
      if (theirs === undefined) return [];
      const titles = sum / (length(item) * length(other));
      return { item: other, score: (titles + likeness(own, theirs)) / (1 + BRAND + PRICE) };
    });
  };
  return items.map((own, item) => (wanted.has(item) ? best(near(item, own), count) : []));
};

const wordsOf = (title: string): readonly string[] => [
  ...new Set(title.toLowerCase().match(/[\p{L}\d]{3,}/gu)),
];

/** Available items by what they can be found by; within their category only. */
const indexOf = (
  items: readonly Description[],
  words: readonly (readonly string[])[],
): ReadonlyMap<string, readonly number[]> => {
  const places = new Map<string, number[]>();
  for (const [item, own] of [...items.entries()].reverse()) {
    if (!own.isAvailable) continue;
    for (const [key] of keysOf(own, words[item] ?? [], () => 0)) {
      const known = places.get(key) ?? [];
      if (known.length < MAX_ITEMS_OF_A_WORD) known.push(item);
      places.set(key, known);
    }
  }
  return places;
};

/** What an item is found by, and what it counts that two share it. */
const keysOf = (
  { categoryId, brand }: Description,
  words: readonly string[],
  rarity: (word: string) => number,
): readonly (readonly [key: string, weight: number])[] => [
  ...words.map((word) => [`${categoryId} word ${word}`, rarity(word) ** 2] as const),
  // Counted by `likeness`, also where it stands in no index.
  ...(brand === null ? [] : [[`${categoryId} brand ${brand.toLowerCase()}`, 0] as const]),
];

/** Inverse document frequency. */
const rarityOf = (words: readonly (readonly string[])[]): ((word: string) => number) => {
  const titles = new Map<string, number>();
  for (const word of words.flat()) titles.set(word, (titles.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + words.length / (titles.get(word) ?? 1));
};

const likeness = (one: Description, other: Description): number => {
  const isSameBrand = one.brand !== null && one.brand.toLowerCase() === other.brand?.toLowerCase();
  const [less = 0, more = 0] = [one.price.minorUnits, other.price.minorUnits].sort((a, b) => a - b);
  const isComparable = one.price.currencyCode === other.price.currencyCode && more > 0;
  return (isSameBrand ? BRAND : 0) + (isComparable ? PRICE * (less / more) : 0);
};
