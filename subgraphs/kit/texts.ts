import { type Check, FINE, problem } from './outcomes.ts';

/** How long a text is in characters as people and PostgreSQL count them, not in UTF-16 units. */
export const lengthOf = (text: string): number => [...text].length;

export const isBetween = (value: number, minimum: number, maximum: number): boolean =>
  value >= minimum && value <= maximum;

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what it is for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** PostgreSQL keeps every text but those with U+0000 or half a character. */
const canBeKept = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** What is wrong with a text of one line; `name` begins the message, such as `A title`. */
export const checkLine = (
  text: string,
  [minimum, maximum]: readonly [number, number],
  field: readonly string[],
  name: string,
): Check<'INVALID'> => {
  // In UTF-16 units a text is never shorter, so what is far too long need not be looked through.
  if (text.length > 2 * maximum || !isBetween(lengthOf(text), minimum, maximum)) {
    return problem('INVALID', field, `${name} has ${minimum} to ${maximum} characters.`);
  }
  if (CONTROL_CHARACTER.test(text) || !canBeKept(text)) {
    return problem('INVALID', field, `${name} is one line of plain text.`);
  }
  return FINE;
};

/** What is wrong with a text of any number of lines, empty ones included. */
export const checkText = (
  text: string,
  maximum: number,
  field: readonly string[],
  name: string,
): Check<'INVALID'> => {
  if (text.length > 2 * maximum || lengthOf(text) > maximum) {
    const shown = maximum.toLocaleString('en');
    return problem('INVALID', field, `${name} has at most ${shown} characters.`);
  }
  return canBeKept(text) ? FINE : problem('INVALID', field, `${name} is plain text.`);
};
