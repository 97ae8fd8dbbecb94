import type { PlannedFetch } from './measure.ts';

/** A line for each fetch: `2. media: Product at products.nodes`. */
export const drawPlan = (fetches: readonly PlannedFetch[]): string =>
  fetches.map(lineOf).join('\n');

const lineOf = ({ step, subgraph, types, at }: PlannedFetch): string =>
  `${step}. ${subgraph}${types.length === 0 ? '' : `: ${types.join(', ')}`}${at === '' ? '' : ` at ${at}`}`;

/** Two plans in one: `+` before what is new, `-` before what is gone. */
export const drawDifference = (
  before: readonly PlannedFetch[],
  after: readonly PlannedFetch[],
): string => {
  const left = before.map(lineOf);
  const lines = after.map((fetch) => {
    const line = lineOf(fetch);
    const known = left.indexOf(line);
    if (known < 0) return `+ ${line}`;
    left.splice(known, 1);
    return `  ${line}`;
  });
  return [...left.map((line) => `- ${line}`), ...lines]
    .sort((one, other) => stepOf(one) - stepOf(other))
    .join('\n');
};

const stepOf = (line: string): number => Number.parseInt(line.slice(2), 10);

/** What one plan asks and another does not, wherever in the order it does. */
export const newHops = (
  before: readonly PlannedFetch[],
  after: readonly PlannedFetch[],
): readonly string[] => {
  const hop = (fetch: PlannedFetch): string => lineOf(fetch).replace(/^\d+\. /, '');
  const known = new Set(before.map(hop));
  return [...new Set(after.map(hop).filter((each) => !known.has(each)))];
};
