/** A word of a search, looked up among the words of all items. */
export interface SearchWord {
  /** In lower case, without accents; letters and digits only. */
  readonly word: string;
  /** Its English stem; null for a word that English search ignores, such as `the`. */
  readonly stem: string | null;
  /** Whether some item has it, or (the last word) a word that begins with it. */
  readonly known: boolean;
  /** Where it is not known: words of items that look like it, most alike first. */
  readonly alike: readonly string[];
  /** Of the last word: what it may be the beginning of; null where that is too much to be listed. */
  readonly longer: readonly string[] | null;
}

/** More words than this are ignored; nobody types them. */
export const MAX_SEARCH_WORDS = 12;

/**
 * How many words with one beginning are searched word by word. PostgreSQL finds a word among the newest
 * items; a beginning it finds by reading where each such word stands among all items.
 */
export const MAX_LONGER = 24;

/** How many words a slip may stand for. */
const MAX_CORRECTIONS = 3;

/**
 * The search in the syntax of a PostgreSQL `tsquery`: every word has to be found, by its stem or as
 * it stands; the last one also as the beginning of a word, because it may still be being typed; one
 * that no item has stands for the nearest words that items have. Without a word it is the empty query,
 * which finds nothing.
 *
 * Words are letters and digits only, so that none can break out of its quotes.
 */
export const queryOf = (words: readonly SearchWord[]): string => {
  const telling = words.filter(({ stem }) => stem !== null);
  const needed = telling.length > 0 ? telling : words;
  const last = words.at(-1);
  return needed.map((each) => `(${alternatives(each, each === last).join(' | ')})`).join(' & ');
};

const alternatives = (searched: SearchWord, isLast: boolean): readonly string[] => {
  const { word, stem, known, alike, longer } = searched;
  const corrections = known ? [] : nearest(word, alike);
  if (corrections.length > 0) return corrections.map(quoted);
  const stems = stem === null ? [] : [stem];
  if (isLast && longer === null)
    return [...stems.filter((each) => each !== word).map(quoted), `${quoted(word)}:*`];
  return [...new Set([...stems, word, ...(longer ?? [])])].map(quoted);
};

const quoted = (word: string): string => `'${word}'`;

/** One slip in a word of four or five letters, two in a longer one. */
const slipsAllowed = (word: string): number => (word.length < 6 ? 1 : 2);

/** Those of the words that the fewest slips of the keyboard turn into `word`. */
const nearest = (word: string, words: readonly string[]): readonly string[] => {
  const measured = words
    .map((each) => ({ each, slips: slipsBetween(word, each) }))
    .filter(({ slips }) => slips <= slipsAllowed(word));
  const fewest = Math.min(...measured.map(({ slips }) => slips));
  return measured
    .filter(({ slips }) => slips === fewest)
    .slice(0, MAX_CORRECTIONS)
    .map(({ each }) => each);
};

/**
 * How many letters have to be inserted, left out, replaced or swapped with their neighbour to turn
 * one word into the other: the optimal string alignment distance (Boytsov, "Indexing methods for
 * approximate dictionary searching", 2011, section 2.1).
 */
export const slipsBetween = (one: string, other: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const replaced = at(last, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1);
      const swapped =
        row > 1 &&
        column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1]
          ? at(beforeLast, column - 2) + 1
          : Infinity;
      current.push(Math.min(at(last, column) + 1, at(current, column - 1) + 1, replaced, swapped));
    }
    beforeLast = last;
    last = current;
  }
  return at(last, other.length);
};

const at = (row: readonly number[], column: number): number => row[column] ?? Infinity;
