import type { Interval } from './bootstrap.ts';
import type { Evaluation, Result } from './evaluate.ts';

const WIDTH = 640;
const ROW = 22;
const LEFT = 150;
const PANEL_GAP = 46;
const TOP = 34;

/** Both measures of every model as bars, with whiskers for the intervals; an SVG of its own. */
export const plotOf = ({ results, baseline }: Evaluation): string => {
  const height = 2 * (TOP + results.length * ROW) + PANEL_GAP;
  const most = Math.max(
    1e-9,
    ...results.flatMap(({ recall20, ndcg10 }) => [recall20.interval.high, ndcg10.interval.high]),
  );
  const scale = (value: number): number => LEFT + (value / most) * (WIDTH - LEFT - 70);
  const lower = TOP + results.length * ROW + PANEL_GAP;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">
<title>Recall@20 and NDCG@10 of every model, with 95 % intervals</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${panel('Recall@20', 0, results, (result) => result.recall20, scale, baseline)}
${panel('NDCG@10', lower, results, (result) => result.ndcg10, scale, baseline)}
</svg>
`;
};

const panel = (
  title: string,
  top: number,
  results: readonly Result[],
  of: (result: Result) => { readonly value: number; readonly interval: Interval },
  scale: (value: number) => number,
  baseline: string,
): string => {
  const bars = results.map((result, index) => {
    const { value, interval } = of(result);
    const y = top + TOP + index * ROW;
    const middle = y + 7;
    const [start, end, low, high] = [0, value, interval.low, interval.high].map((each) =>
      scale(each).toFixed(1),
    );
    const colour = result.name === baseline ? '#b9b9b9' : '#3b6ea5';
    return `<text x="${LEFT - 8}" y="${y + 11}" text-anchor="end">${result.name}</text>
<rect x="${start}" y="${y}" width="${(Number(end) - Number(start)).toFixed(1)}" height="14" fill="${colour}"/>
<path d="M${low} ${middle}H${high}M${low} ${y + 3}v8M${high} ${y + 3}v8" stroke="#1b1b1b" fill="none"/>
<text x="${(Number(high) + 6).toFixed(1)}" y="${y + 11}">${value.toFixed(3)}</text>`;
  });
  return [`<text x="${LEFT}" y="${top + 22}" font-weight="bold">${title}</text>`, ...bars].join(
    '\n',
  );
};
