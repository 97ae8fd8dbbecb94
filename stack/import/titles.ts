/** As they are written within a sentence. */
const NAMES = new Map(
  [
    ...[
      'Christmas',
      'Easter',
      'London',
      'Paris',
      'French',
      'English',
      'Scottish',
      'Danish',
      'Swiss',
    ],
    ...['Edwardian', 'Victorian', 'Moroccan', 'Union', 'Jack', 'Valentine', 'Halloween', 'I'],
    ...['CD', 'DVD', 'LED', 'LP', 'TV', 'UK', 'USA', 'USB', 'A4', 'A5', 'A6', 'B&W', 'XL', 'XXL'],
  ].map((name) => [name.toLowerCase(), name]),
);

/**
 * A title as one line: shouted ones in sentence case, without blanks that say nothing. A title that
 * has a small letter was written with care, and stays.
 */
export const tidyTitle = (title: string): string => {
  const line = title.replace(/\s+/g, ' ').trim();
  if (!/\p{Lu}/u.test(line) || /\p{Ll}/u.test(line)) return line;
  const quiet = line.toLowerCase().replace(/[\p{L}\d&]+/gu, (word) => NAMES.get(word) ?? word);
  return quiet.replace(/^\P{L}*?\p{L}/u, (start) =>
    // After a number a sentence goes on: "10 colour pens".
    /\d/.test(start) ? start : start.toUpperCase(),
  );
};
