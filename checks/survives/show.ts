import { inColumns } from '../report/columns.ts';
import type { Survival, SurvivalRow } from './measure.ts';

/** By operation: its row with each subgraph, or undefined where it does not ask that one. */
const linesOf = ({ subgraphs, rows }: Survival) =>
  [...new Set(rows.map(({ operation }) => operation))].map((operation) => ({
    operation,
    cells: subgraphs.map((subgraph) =>
      rows.find((row) => row.operation === operation && row.subgraph === subgraph),
    ),
  }));

const WORDS: Readonly<Record<SurvivalRow['outcome'], (row: SurvivalRow) => string>> = {
  whole: ({ standIns }) => (standIns.length > 0 ? 'stands in' : 'whole'),
  partial: ({ nulls }) => `${nulls.length} null`,
  lost: () => 'ALL LOST',
};

/** What each operation loses with each subgraph, for a terminal; empty where nothing was tried. */
export const table = (survival: Survival): string => {
  const lines = linesOf(survival);
  if (lines.length === 0) return '';
  return inColumns([
    ['without', ...survival.subgraphs],
    ...lines.map((line) => [
      line.operation,
      ...line.cells.map((row) => (row === undefined ? '-' : WORDS[row.outcome](row))),
    ]),
  ]);
};

const HEAT: Readonly<Record<SurvivalRow['outcome'], (row: SurvivalRow) => string>> = {
  whole: () => '🟩',
  partial: ({ nulls }) => `🟨 ${nulls.length}`,
  lost: () => '🟥',
};

const NAMES = 'lost: 🟥 all data, 🟨 so many fields, 🟩 nothing; empty where it is not asked';

/** The same as Markdown, with the fields below it; empty where nothing was tried. */
export const heatMap = (survival: Survival): string => {
  const lines = linesOf(survival);
  if (lines.length === 0) return '';
  const map = [
    ['operation', ...survival.subgraphs.map((name) => `without ${name}`)],
    ['---', ...survival.subgraphs.map(() => ':-:')],
    ...lines.map((line) => [
      `\`${line.operation}\``,
      ...line.cells.map((row) => (row === undefined ? '' : HEAT[row.outcome](row))),
    ]),
  ];
  const details = survival.rows.flatMap(detailOf);
  return [
    ...map.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `What is ${NAMES}.`,
    ...(details.length === 0
      ? []
      : ['', '<details><summary>The fields</summary>', '', ...details, '', '</details>']),
  ].join('\n');
};

const detailOf = ({ operation, subgraph, outcome, nulls, standIns }: SurvivalRow) => {
  const words = [
    ...(outcome === 'lost' ? [`all is lost by ${list(nulls)}`] : []),
    ...(outcome === 'partial' ? [`${list(nulls)} null`] : []),
    ...(standIns.length > 0 ? [`something stands in for ${list(standIns)}`] : []),
  ];
  return words.length === 0 ? [] : [`- \`${operation}\` without ${subgraph}: ${words.join('; ')}`];
};

const list = (paths: readonly string[]): string => paths.map((each) => `\`${each}\``).join(', ');
