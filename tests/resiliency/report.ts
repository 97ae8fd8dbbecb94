import { FAULTS, nameOf, ROWS, RULES } from './matrix.ts';

/**
 * The matrix as a Markdown table.
 *
 * @param seen by cell: what clients saw
 */
export const markdown = (seen: ReadonlyMap<string, string>): string => {
  const reasons: string[] = [];
  const noteOf = (reason: string): string => {
    if (!reasons.includes(reason)) reasons.push(reason);
    return `none (${reasons.indexOf(reason) + 1})`;
  };
  const rows = ROWS.map((row) => {
    const cells = FAULTS.map((fault) => {
      const expected = RULES[row.kind][fault];
      if (expected.sees === 'nothing') return noteOf(expected.because);
      return seen.get(`${nameOf(row)}: ${fault}`) ?? 'FAILED';
    });
    return [nameOf(row), ...cells];
  });
  const lines = [['', ...FAULTS], ['', ...FAULTS].map(() => '---'), ...rows];
  const notes = reasons.map((reason, index) => `${index + 1}. ${reason}`);
  return [...lines.map((cells) => `| ${cells.join(' | ')} |`), '', ...notes].join('\n');
};
