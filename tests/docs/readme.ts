import { readFileSync } from 'node:fs';

export const README = readFileSync('README.md', 'utf8');

/** The cells of every table row of a text. */
export const tableRows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
