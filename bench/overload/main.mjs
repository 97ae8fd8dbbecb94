import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startChild } from '../router/process/child.mjs';
import { divideCores } from '../router/process/cores.mjs';
import { composeSupergraph } from '../router/subgraphs/schemas.mjs';

/** @import { Flow, Figures } from './shapes.ts' */

// How a router holds up when more is asked than it can answer: nine queries to one change, at multiples of
// what it answers at most, with and without its limit, side by side in one run.

const HELP = `npm run bench:overload -- [--seconds 8] [--workload fanout-500] [--times 1,2,5,10] [--json]

  --seconds   how long each rate is kept up
  --workload  the query, as bench:router names it; changes are its \`mutation\`
  --times     multiples of the peak
  --json      prints what was measured as JSON`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    workload: { type: 'string', default: 'fanout-500' },
    times: { type: 'string', default: '1,2,5,10' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${HELP}\n`);
  process.exit();
}
const seconds = Number(values.seconds);
const times = values.times.split(',').map(Number);
const cores = divideCores();

const folder = mkdtempSync(path.join(tmpdir(), 'emporium-overload-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** @param {string} file */
const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/**
 * A router before fresh subgraphs, at every rate in turn.
 *
 * @param {Readonly<Record<string, string>>} settings
 * @returns {Promise<readonly Flow[]>}
 */
const measure = async (settings) => {
  const subgraphs = startChild({
    command: process.execPath,
    args: [here('../router/subgraphs/main.mjs')],
    cores: cores?.rest,
    env: { SUBGRAPHS_SETTINGS: JSON.stringify({ federation: 2, delays: {} }) },
  });
  const { urls } = await subgraphs.message('listening');
  const supergraph = path.join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, composeSupergraph(urls));
  const router = startChild({
    command: process.execPath,
    args: [path.resolve('dist/router/main.js')],
    cores: cores?.router,
    env: {
      NODE_ENV: 'production',
      LOG_LEVEL: 'fatal',
      PORT: '0',
      SUPERGRAPH: supergraph,
      SIGNING_SECRET: randomBytes(32).toString('hex'),
      MAX_COST: '0',
      REQUESTS_PER_MINUTE_PER_ADDRESS: '0',
      ...settings,
    },
  });
  const { url } = await router.message('listening');
  // Half of its core goes to a neighbour, so that the router is what is short, and not the subgraphs.
  const neighbour = startChild({
    command: process.execPath,
    args: ['--eval', 'for (;;);'],
    cores: cores?.router,
  });
  const load = startChild({
    command: process.execPath,
    args: [here('load.mjs')],
    cores: cores?.rest,
  });
  await load.message('ready');

  /** @param {number | null} rate a second; null for as much as is answered */
  const drive = async (rate) => {
    load.process.send({ url, pid: router.pid, workload: values.workload, rate, seconds });
    /** @type {{ figures: Figures }} */
    const { figures } = await load.message('figures', (seconds + 60) * 1_000);
    return figures;
  };
  try {
    // Warm, then measured.
    await drive(null);
    /** @type {Flow[]} */
    const flows = [];
    let before = await drive(null);
    for (const each of times) {
      const figures = await drive(each * before.goodput);
      // What was not answered in time is still under way for a moment.
      await drive(null);
      const after = await drive(null);
      flows.push({ times: each, figures, peak: (before.goodput + after.goodput) / 2, before });
      before = after;
    }
    return flows;
  } finally {
    for (const child of [load, neighbour, router, subgraphs]) await child.stop();
  }
};

/** @param {string} title @param {readonly Flow[]} flows */
const table = (title, flows) => {
  const rows = flows.map(({ times: each, figures, peak }) => {
    const { offered, goodput, queries, changes, refused, late, p50, p99, cpuShare } = figures;
    return [
      `${each} x`,
      peak.toFixed(0),
      offered.toFixed(0),
      (goodput / peak).toFixed(2),
      `${(100 * queries).toFixed(0)} %`,
      `${(100 * changes).toFixed(0)} %`,
      `${(100 * refused).toFixed(0)} %`,
      `${(100 * late).toFixed(0)} %`,
      p50.toFixed(0),
      p99.toFixed(0),
      `${(100 * cpuShare).toFixed(0)} %`,
    ];
  });
  const head = [
    title,
    'peak/s',
    'offered/s',
    'goodput, of peak',
    'queries answered',
    'changes answered',
    'refused',
    'late or failed',
    'p50 ms',
    'p99 ms',
    'CPU of a core',
  ];
  /** @param {readonly string[]} cells */
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
};

const limited = await measure({});
const unlimited = await measure({ MAX_REQUESTS_IN_FLIGHT: '0' });
process.stdout.write(
  values.json
    ? `${JSON.stringify({ workload: values.workload, seconds, limited, unlimited })}\n`
    : `${table('with the limit', limited)}\n\n${table('without', unlimited)}\n`,
);
