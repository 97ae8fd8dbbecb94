/** @import { Left, LoadFigures, Outcome, Row, Run } from '../shapes.ts' */

/** @typedef {Extract<Outcome, { kind: 'measured' }>} Measured */

/**
 * The medians of all rounds, and who is not among them.
 *
 * @param {readonly Run[]} runs
 * @returns {{ rows: readonly Row[], left: readonly Left[] }}
 */
export const summarize = (runs) => {
  /** @type {Map<string, Run[]>} */
  const groups = new Map();
  for (const run of runs) {
    const key = `${run.workload} ${run.name}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  /** @type {Row[]} */
  const rows = [];
  /** @type {Left[]} */
  const left = [];
  for (const group of groups.values()) {
    const row = rowOf(group);
    if ('cpuMs' in row) rows.push(row);
    else left.push(row);
  }
  return { rows, left };
};

/** @param {readonly Run[]} runs of one router under one workload @returns {Row | Left} */
const rowOf = (runs) => {
  const [first] = runs;
  if (first === undefined) throw new Error('a group of no runs');
  const { name, workload } = first;
  for (const { outcome } of runs) {
    // A round that failed is one too few to compare; a wrong answer is worse.
    if (outcome.kind !== 'measured') {
      return { name, workload, kind: outcome.kind, reason: outcome.reason };
    }
  }
  const measured = runs.flatMap(({ outcome }) => (outcome.kind === 'measured' ? [outcome] : []));
  const cpu = measured.map(({ figures }) => figures.cpuMs);
  /** @param {keyof LoadFigures} key */
  const middle = (key) => rounded(median(measured.map(({ figures }) => figures[key])));
  return {
    name,
    workload,
    cpuMs: middle('cpuMs'),
    cpuMsRange: [rounded(Math.min(...cpu)), rounded(Math.max(...cpu))],
    rps: middle('rps'),
    p50: middle('p50'),
    p99: middle('p99'),
    rssMb: middle('rssMb'),
    readyMs: rounded(median(measured.map(({ readyMs }) => readyMs))),
    fetches: rounded(median(measured.map(({ fetches }) => fetches))),
    failures: measured.reduce((sum, { figures }) => sum + figures.failures, 0),
    answersVerified: Math.min(...measured.map(({ answersVerified }) => answersVerified)),
  };
};

/** @param {readonly number[]} values */
const median = (values) => {
  const sorted = [...values].sort((one, other) => one - other);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  const high = sorted[Math.ceil((sorted.length - 1) / 2)] ?? Number.NaN;
  return (low + high) / 2;
};

/** Four digits are more than the noise leaves. @param {number} value */
const rounded = (value) => Number(value.toPrecision(4));
