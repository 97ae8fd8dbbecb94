/**
 * Finds any of these words, also in the plural, wherever they stand on their own; upper and lower
 * case are the same.
 *
 * @param words with `|` between them: letters, digits, blanks and dashes only
 */
export const wordPattern = (words: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\d])(?:${words})(?:s|es)?(?![\\p{L}\\d])`, 'iu');
