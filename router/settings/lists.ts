import { makeValidator } from 'envalid';

/** What stands there, separated by commas. */
export const listed = (text: string): string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** The same, as a setting. */
export const list = makeValidator<readonly string[]>(listed);
