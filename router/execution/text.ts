/** What JSON has to escape in a string; lone surrogates too, and with them all of their kind. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes control characters
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Whether a string is written otherwise in JSON than between quotation marks as it is. */
export const isEscaped = (value: string): boolean => ESCAPED.test(value);

/** A string as JSON text: the same as JSON.stringify, which costs more where nothing is escaped. */
export const quote = (value: string): string =>
  isEscaped(value) ? JSON.stringify(value) : `"${value}"`;
