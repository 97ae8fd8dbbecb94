import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ERRORS } from '../../contract/errors.ts';

const cellsOf = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

test('docs/errors.md lists the codes of contract/errors.ts, with status, message and cause', () => {
  const rows = readFileSync('docs/errors.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map(cellsOf);
  const expected = Object.entries(ERRORS).map(([code, { status, message, cause }]) => [
    `\`${code}\``,
    String(status),
    message,
    cause,
  ]);
  expect(rows).toEqual(expected);
});
