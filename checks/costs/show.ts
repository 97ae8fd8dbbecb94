import { nameOf, type RegisteredOperation } from '../operations/read.ts';
import { inColumns } from '../report/columns.ts';
import { drawDifference, drawPlan } from './draw.ts';
import { MEASURES, type PlanCost, type PlannedFetch } from './measure.ts';

/** What one operation takes. */
export interface Row {
  readonly operation: RegisteredOperation;
  readonly before: Planned | null;
  readonly after: Planned;
}

export interface Planned {
  readonly fetches: readonly PlannedFetch[];
  readonly cost: PlanCost;
}

const HEAD = ['operation', 'fetches', 'depth', 'entities'];

const cellsOf = ({ operation, before, after }: Row): readonly string[] => [
  nameOf(operation),
  ...MEASURES.map((measure) => {
    const [now, was] = [after.cost[measure], before?.cost[measure]];
    const budget = operation.promises.budget[measure];
    const change = was === undefined || was === now ? `${now}` : `${was} → ${now}`;
    return budget === null ? change : `${change} of ${budget}`;
  }),
];

/** What each operation takes, of its budget, and took before; empty where there is none. */
export const costTable = (rows: readonly Row[]): string =>
  rows.length === 0 ? '' : inColumns([HEAD, ...rows.map(cellsOf)]);

/** The same as Markdown, with the plans below it. */
export const costMarkdown = (rows: readonly Row[]): string => {
  if (rows.length === 0) return '';
  const lines = [HEAD, HEAD.map(() => '---'), ...rows.map(cellsOf)];
  return [
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    '<details><summary>The plans</summary>',
    ...rows.flatMap(({ operation, before, after }) => [
      '',
      `${nameOf(operation)}:`,
      '',
      '```diff',
      before === null ? drawPlan(after.fetches) : drawDifference(before.fetches, after.fetches),
      '```',
    ]),
    '',
    '</details>',
  ].join('\n');
};
