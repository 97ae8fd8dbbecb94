import type { Interval } from './bootstrap.ts';
import type { ContestSettings } from './contestants.ts';
import type { Evaluation, Result } from './evaluate.ts';

/** The table, as Markdown; intervals hold 95 %. */
export const tableOf = ({ results, baseline, people }: Evaluation): string => {
  const reference = results.find(({ name }) => name === baseline);
  const rows = results.map((result) => [
    result.name === baseline ? `${result.name} (baseline)` : result.name,
    estimated(result.recall20),
    estimated(result.ndcg10),
    ratio(result, reference, 'recall20'),
    ratio(result, reference, 'ndcg10'),
    result.name === baseline ? '' : between(result.gain.recall20.interval),
    result.name === baseline ? '' : between(result.gain.ndcg10.interval),
  ]);
  const head = [
    'model',
    'Recall@20',
    'NDCG@10',
    '× recall',
    '× NDCG',
    'recall above the baseline',
    'NDCG above the baseline',
  ];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n\n${people} people; in brackets the 95 % interval over people.\n`;
};

const digits = (value: number): string => value.toFixed(4);

const between = ({ low, high }: Interval): string => `${digits(low)} to ${digits(high)}`;

const estimated = ({ value, interval }: Result['recall20']): string =>
  `${digits(value)} (${between(interval)})`;

const ratio = (
  result: Result,
  reference: Result | undefined,
  measure: 'recall20' | 'ndcg10',
): string => {
  const other = reference?.[measure].value ?? 0;
  return other === 0 ? '' : (result[measure].value / other).toFixed(2);
};

/** What programs read: plain numbers by model, and the intervals beside them. */
export const jsonOf = ({ results, best, baseline, people }: Evaluation): string =>
  `${JSON.stringify(
    {
      models: results.map(({ name, recall20, ndcg10, gain }) => ({
        name,
        recall20: recall20.value,
        ndcg10: ndcg10.value,
        intervals: {
          recall20: recall20.interval,
          ndcg10: ndcg10.interval,
          recall20AboveBaseline: gain.recall20.interval,
          ndcg10AboveBaseline: gain.ndcg10.interval,
        },
      })),
      best,
      baseline,
      people,
    },
    null,
    2,
  )}\n`;

/** In one line. */
export const wordsOf = ({ blend, halfLifeDays, popularityExponent }: ContestSettings): string =>
  `λ ${blend.lambda}, half-life ${blend.halfLife} of all events, cosine × ${blend.cosineShare}, ` +
  `popularity ^ ${popularityExponent} with a half-life of ${halfLifeDays} days`;
