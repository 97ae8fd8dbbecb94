import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startChild } from '../router/process/child.mjs';
import { ROOT } from './built.mjs';
import { openCatalogue } from './database.mjs';
import { measure } from './measure.mjs';
import { WORKLOADS } from './workloads.mjs';

/** @import { Row } from './measure.mjs' */

const HELP = `npm run bench:search -- [options]

  --items N       how many goods the market has (1000000); each number has a database of its own
  --requests N    how many requests a workload has (200)
  --only TEXT     only the workloads whose name contains TEXT
  --write         write bench/search/RESULTS.md
`;

/** @param {string} line */
const say = (line) => void process.stderr.write(`${line}\n`);

/** @param {Row} row */
const lineOf = ({ name, p50, p99, subgraphMs, databaseMs, requests }) =>
  `| ${[name, p50.toFixed(1), p99.toFixed(1), subgraphMs.toFixed(1), databaseMs.toFixed(1), requests].join(' | ')} |`;

/** @param {readonly Row[]} rows @param {number} items @param {readonly number[]} loadBefore */
const describe = (rows, items, loadBefore) => {
  const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const load = (/** @type {readonly number[]} */ each) =>
    each.map((one) => one.toFixed(1)).join(', ');
  return `# Search among ${items.toLocaleString('en')} items

Written by \`npm run bench:search -- --write\`; [README.md](README.md) says how it measures and what the figures mean.

${new Date().toISOString().slice(0, 16)}, commit ${commit.trim()}, ${os.cpus()[0]?.model.trim()}, ${os.cpus().length} cores,
${(os.totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}. Load average before: ${load(loadBefore)}; after: ${load(os.loadavg())}.

Milliseconds. CPU is for a request: of the catalogue's process, and of all processes of PostgreSQL.

| pages of 20 items | p50 | p99 | CPU catalogue | CPU PostgreSQL | requests |
| ----------------- | --: | --: | ------------: | -------------: | -------: |
${rows.map(lineOf).join('\n')}
`;
};

const main = async () => {
  const { values } = parseArgs({
    options: {
      items: { type: 'string', default: '1000000' },
      requests: { type: 'string', default: '200' },
      only: { type: 'string', default: '' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const items = Number(values.items);
  const catalogue = await openCatalogue(items, say);
  const secret = randomBytes(32).toString('hex');
  const child = startChild({
    command: process.execPath,
    args: [path.join(ROOT, 'dist/subgraphs/catalog/main.js')],
    env: { DATABASE_URL_CATALOG: catalogue.url, SIGNING_SECRET: secret, LOG_LEVEL: 'warn' },
    cores: undefined,
  });
  try {
    const { url } = await child.message('listening');
    const target = { url, secret, pid: child.pid, postmaster: catalogue.pid };
    const loadBefore = os.loadavg();
    /** @type {Row[]} */
    const rows = [];
    for (const workload of WORKLOADS.filter(({ name }) => name.includes(values.only))) {
      const row = await measure(target, workload, Number(values.requests));
      say(lineOf(row));
      rows.push(row);
    }
    const text = describe(rows, items, loadBefore);
    if (values.write) writeFileSync(path.join(ROOT, 'bench/search/RESULTS.md'), text);
    else process.stdout.write(text);
  } finally {
    await child.stop();
    await catalogue.stop();
  }
};

await main();
