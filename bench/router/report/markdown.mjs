import { CONTESTANTS } from '../contestants.mjs';
import { WORKLOADS } from '../workloads.mjs';
import { reachedGoals } from './goals.mjs';

/** @import { Circumstances, Left, Results, Row } from '../shapes.ts' */
/** @import { Reached } from './goals.mjs' */

/**
 * The results for people.
 *
 * @param {Results} results
 * @returns {string} Markdown
 */
export const describeResults = ({ rows, left, circumstances }) => {
  const sections = [
    '# Routers side by side',
    'Written by `npm run bench:router`; [README.md](README.md) says how it measures. CPU is what all threads of the router’s process used for one request. Everything is the median of the rounds.',
    describeCircumstances(circumstances),
    '![CPU a request by router and workload](cpu.svg)',
    '## Goals',
    'Parts of the other router’s figure in this run; less is better.',
    table(
      ['router', 'workload', 'figure', 'goal', 'reached', 'met'],
      reachedGoals(rows).map(goalCells),
    ),
    '## Figures',
    '“÷ stock” and “÷ grafbase” say how many times less CPU a request took than there.',
    ...WORKLOADS.flatMap(({ name, about }) => {
      const ofWorkload = rows.filter((row) => row.workload === name);
      return ofWorkload.length === 0 ? [] : [`### ${name}`, `${about}.`, figures(ofWorkload)];
    }),
    ...notCompared(left),
    '## Routers',
    CONTESTANTS.map(({ name, about }) => `- \`${name}\`: ${about}`).join('\n'),
    '## Versions',
    versions(circumstances),
  ];
  return `${sections.join('\n\n')}\n`;
};

/** @param {Circumstances} circumstances */
const describeCircumstances = ({ date, commit, machine, system, node, cores, pace, ...loads }) =>
  [
    `- commit ${commit}, ${date} UTC`,
    `- ${machine}; ${system}; Node ${node}`,
    cores === null
      ? '- processes were not pinned to cores'
      : `- router on core ${cores.router}; subgraphs and load on ${cores.rest}`,
    `- load average ${loads.loadBefore.map(toFixed(2)).join(', ')} before, ${loads.loadAfter.map(toFixed(2)).join(', ')} after`,
    `- ${pace.rounds} ${pace.rounds === 1 ? 'round' : 'rounds'} of ${pace.seconds} s after at least ${pace.warmUpSeconds} s of warming up, over ${pace.connections} connections`,
  ].join('\n');

/** @param {Reached} reached */
const goalCells = ({ goal, ratio }) => [
  goal.name,
  goal.workload,
  goal.figure === 'cpuMs' ? 'CPU' : 'memory',
  `${part(goal.limit)} of ${goal.against}${goal.stretch ? ' (stretch)' : ''}`,
  ratio === undefined ? 'not measured' : part(ratio),
  ratio === undefined ? '' : ratio <= goal.limit ? 'yes' : 'no',
];

/** 0.125 is 1/8. @param {number} ratio */
const part = (ratio) =>
  ratio > 0.8 ? ratio.toFixed(2) : `1/${(1 / ratio).toFixed(2).replace(/\.?0+$/, '')}`;

/** @param {readonly Row[]} rows of one workload */
const figures = (rows) => {
  /** @param {string} name */
  const cpuOf = (name) => rows.find((row) => row.name === name)?.cpuMs;
  const stock = cpuOf('stock');
  const grafbase = cpuOf('grafbase');
  return table(
    [
      'router',
      'CPU ms',
      'from–to',
      '÷ stock',
      '÷ grafbase',
      'req/s',
      'p50 ms',
      'p99 ms',
      'RSS MB',
      'ready ms',
      'fetches',
    ],
    rows.map((row) => [
      row.failures === 0 ? row.name : `${row.name} (${row.failures} answers failed)`,
      row.cpuMs.toFixed(2),
      row.cpuMsRange.map(toFixed(2)).join('–'),
      times(stock, row.cpuMs),
      times(grafbase, row.cpuMs),
      row.rps.toFixed(0),
      row.p50.toFixed(1),
      row.p99.toFixed(1),
      row.rssMb.toFixed(0),
      row.readyMs.toFixed(0),
      row.fetches.toFixed(1).replace('.0', ''),
    ]),
  );
};

/** @param {number} digits @returns {(value: number) => string} */
const toFixed = (digits) => (value) => value.toFixed(digits);

/** @param {number | undefined} other @param {number} own */
const times = (other, own) => (other === undefined ? '' : (other / own).toFixed(2));

/** @param {readonly Left[]} left */
const notCompared = (left) => {
  const told = left.filter(({ kind }) => kind !== 'not written for it');
  if (told.length === 0) return [];
  const cells = told.map(({ name, workload, kind, reason }) => [
    name,
    workload ?? 'all',
    kind,
    // What a stranger's program prints must not break the table.
    reason.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 160),
  ]);
  return ['## Not compared', table(['router', 'workload', 'what', 'why'], cells)];
};

/** @param {Circumstances} circumstances */
const versions = (circumstances) =>
  table(
    ['package', 'version'],
    Object.entries(circumstances.versions).map(([name, version]) => [name, version]),
  );

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
const table = (head, rows) => {
  const widths = head.map((title, column) =>
    Math.max(title.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  /** @param {readonly string[]} cells */
  const line = (cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};
