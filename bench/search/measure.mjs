import { execFileSync } from 'node:child_process';
import { request } from 'undici';
import { usageOf } from '../router/process/usage.mjs';
import { built } from './built.mjs';

/** @import { Workload } from './workloads.mjs' */

const { signRequest } = await built('contract/signature.js');

const CALLER = { viewer: { kind: 'guest' }, clientAddress: null };

/**
 * @typedef {object} Target
 * @property {string} url of the catalogue's process
 * @property {string} secret
 * @property {number} pid of that process
 * @property {() => number} postmaster process id of PostgreSQL
 */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {number} requests
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 * @property {number} subgraphMs CPU of the catalogue's process for a request
 * @property {number} databaseMs CPU of PostgreSQL for a request
 */

/**
 * Asks one after the other, as the router does, and waits for each answer: what is measured is how long
 * a page takes, not how many there can be at once.
 *
 * @param {Target} target
 * @param {Workload} workload
 * @param {number} requests
 * @returns {Promise<Row>}
 */
export const measure = async (target, workload, requests) => {
  const starts = [];
  for (const variables of workload.variables) {
    starts.push({ ...variables, after: await cursorAt(target, workload, variables) });
  }
  for (const variables of starts) await ask(target, workload.document, variables);

  const before = cpuOf(target);
  /** @type {number[]} */
  const times = [];
  for (let number = 0; number < requests; number += 1) {
    const began = performance.now();
    await ask(target, workload.document, starts[number % starts.length] ?? {});
    times.push(performance.now() - began);
  }
  const after = cpuOf(target);
  times.sort((one, other) => one - other);
  const at = (/** @type {number} */ share) => times[Math.ceil(times.length * share) - 1] ?? 0;
  return {
    name: workload.name,
    requests,
    p50: at(0.5),
    p99: at(0.99),
    subgraphMs: (after.subgraph - before.subgraph) / requests,
    databaseMs: usedBetween(before.database, after.database) / requests,
  };
};

/** @param {Target} target @param {Workload} workload @param {object} variables */
const cursorAt = async (target, workload, variables) => {
  let after = null;
  for (let depth = 1; depth < (workload.depth ?? 1); depth += 1) {
    const { pageInfo } = await ask(target, workload.document, { ...variables, after });
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  return after;
};

/** @param {Target} target @param {string} query @param {object} variables */
const ask = async ({ url, secret }, query, variables) => {
  const body = JSON.stringify({ query, variables });
  const answer = await request(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...signRequest(secret, 'catalog', CALLER, body),
    },
    body,
  });
  /** @type {any} */
  const { data, errors } = await answer.body.json();
  // A wrong answer is a defect, not a figure.
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.products;
};

/** CPU that each process used until now, in milliseconds. @param {Target} target */
const cpuOf = ({ pid, postmaster }) => {
  const backends = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster())], {
    encoding: 'utf8',
  });
  const pids = backends.trim().split(/\s+/).map(Number);
  return { subgraph: cpuMs(pid), database: new Map(pids.map((each) => [each, cpuMs(each)])) };
};

/**
 * What processes used in between; of one that ended meanwhile, nothing is known.
 *
 * @param {ReadonlyMap<number, number>} before
 * @param {ReadonlyMap<number, number>} after
 */
const usedBetween = (before, after) =>
  [...after].reduce((sum, [pid, ms]) => sum + Math.max(0, ms - (before.get(pid) ?? 0)), 0);

const cpuMs = (/** @type {number} */ pid) => {
  try {
    return usageOf(pid).cpuMs;
  } catch {
    // It has ended since it was listed.
    return 0;
  }
};
