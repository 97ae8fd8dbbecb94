import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { HELP, readArguments } from './arguments.mjs';
import { ROOT } from './contestants.mjs';
import { measure } from './measure.mjs';
import { divideCores } from './process/cores.mjs';
import { describeCosts } from './profile/costs.mjs';
import { circumstances } from './report/circumstances.mjs';
import { describeResults } from './report/markdown.mjs';
import { plotCpu } from './report/plot.mjs';
import { summarize } from './report/summary.mjs';
import { absence, compete, describeOutcome } from './tournament.mjs';

/** @import { Order } from './arguments.mjs' */
/** @import { Results } from './shapes.ts' */

/** Not committed: parts of the comparison, and profiles. */
const CACHE = path.join(ROOT, '.cache/bench-router');

/** @param {string} line */
const say = (line) => void process.stderr.write(`${line}\n`);

/** @param {Order} order */
const compare = async ({ contestants, workloads, pace, whole, json, out }) => {
  const cores = divideCores();
  if (cores === null) say('no taskset or a single core: processes share the cores as they come');
  const before = circumstances(contestants, pace, cores);
  const { runs, left } = await compete({ contestants, workloads, pace, cores, say });

  const summary = summarize(runs);
  /** @type {Results} */
  const results = {
    rows: summary.rows,
    left: [...left, ...summary.left],
    circumstances: { ...before, loadAfter: os.loadavg() },
  };
  const folder = out ?? (whole ? path.join(ROOT, 'bench/router') : CACHE);
  write(folder, results);
  say(`RESULTS.md, results.json and cpu.svg are in ${path.relative('.', folder) || '.'}`);
  if (json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
};

/** @param {string} folder @param {Results} results */
const write = (folder, results) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'RESULTS.md'), describeResults(results));
  writeFileSync(path.join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(path.join(folder, 'cpu.svg'), plotCpu(results.rows));
};

/** @param {Order} order */
const profile = async ({ contestants, workloads, pace }) => {
  const folder = path.join(CACHE, 'profiles');
  mkdirSync(folder, { recursive: true });
  const cores = divideCores();
  for (const workload of workloads) {
    for (const contestant of contestants) {
      const reason = await absence(contestant, say);
      if (reason !== undefined) throw new Error(`${contestant.name} is absent: ${reason}`);
      const file = path.join(folder, `${contestant.name}-${workload.name}.cpuprofile`);
      const outcome = await measure({ contestant, workload, pace, cores, profile: file });
      say(`${workload.name}  ${contestant.name}  ${describeOutcome(outcome)}`);
      if (outcome.kind !== 'measured') continue;
      say(`${path.relative('.', file)} opens in the browser's developer tools`);
      process.stdout.write(`${describeCosts(file)}\n`);
    }
  }
};

const main = async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return void process.stdout.write(HELP);
  const order = readArguments(args);
  await (order.profile ? profile(order) : compare(order));
};

// Children end with this process; see process/child.mjs.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => process.exit(130));
}
main().then(
  () => process.exit(),
  (error) => {
    say(error.message);
    process.exit(1);
  },
);
