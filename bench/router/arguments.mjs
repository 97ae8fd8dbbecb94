import { parseArgs } from 'node:util';
import { CONTESTANTS } from './contestants.mjs';
import { WORKLOADS } from './workloads.mjs';

/** @import { Contestant, Pace, Workload } from './shapes.ts' */

/**
 * @typedef {object} Order
 * @property {readonly Contestant[]} contestants
 * @property {readonly Workload[]} workloads
 * @property {Pace} pace
 * @property {boolean} whole whether everything is compared, at least as long as by default
 * @property {boolean} json
 * @property {string | undefined} out
 * @property {boolean} profile
 */

/** @typedef {{ name: string, about: string }} Described */

const QUICK = {
  contestants: ['emporium', 'stock', 'lower-bound'],
  workloads: ['tiny', 'fanout-40'],
};

/** @type {Pace} */
const FULL_PACE = {
  rounds: 3,
  connections: 16,
  warmUpSeconds: 4,
  warmUpRequests: 2000,
  seconds: 4,
  requests: 400,
};
/** @type {Pace} */
const QUICK_PACE = { ...FULL_PACE, warmUpSeconds: 2, seconds: 2 };

/** @param {readonly Described[]} all */
const described = (all) => all.map(({ name, about }) => `  ${name.padEnd(18)} ${about}`).join('\n');

export const HELP = `Routers side by side, before subgraphs that replay their answers from memory.

  npm run bench:router                        everything: an hour and a half
  npm run bench:router -- --quick             ${QUICK.contestants.join(', ')} on ${QUICK.workloads.join(', ')}: three minutes
  npm run bench:router -- --only a,b          these routers
  npm run bench:router -- --workloads x,y     under these workloads
  npm run bench:router -- --rounds 5          how often each is started and measured (3); medians count
  npm run bench:router -- --seconds 10        how long each is measured (4)
  npm run bench:router -- --warm-up 10        how long each is driven before, in seconds (4)
  npm run bench:router -- --json              print the results as JSON
  npm run bench:router -- --out FOLDER        where RESULTS.md, results.json and cpu.svg are written:
                                              bench/router for everything, else .cache/bench-router
  npm run bench:router -- --profile fanout-40 no comparison: what costs what in emporium (or --only NAME)

Routers:
${described(CONTESTANTS)}

Workloads:
${described(WORKLOADS)}
`;

/**
 * Reads the command line.
 *
 * @param {readonly string[]} args
 * @returns {Order}
 * @throws {Error} in one line that says what is wrong
 */
export const readArguments = (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      workloads: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      out: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const { quick, profile } = values;
  const usual = quick ? QUICK_PACE : FULL_PACE;
  const warmUpSeconds = positive('warm-up', values['warm-up']) ?? usual.warmUpSeconds;
  const pace = {
    ...usual,
    rounds: Math.ceil(positive('rounds', values.rounds) ?? usual.rounds),
    seconds: positive('seconds', values.seconds) ?? usual.seconds,
    warmUpSeconds,
    // Who asks for a short warming up gets one.
    warmUpRequests: values['warm-up'] === undefined ? usual.warmUpRequests : 0,
  };
  const names = values.only?.split(',') ?? (quick ? QUICK.contestants : undefined);
  const only = profile === undefined ? names : (names ?? ['emporium']);
  const under = profile ?? values.workloads;
  const workloads = under?.split(',') ?? (quick ? QUICK.workloads : undefined);
  return {
    contestants: choose('router', CONTESTANTS, only),
    workloads: choose('workload', WORKLOADS, workloads),
    pace,
    whole: only === undefined && workloads === undefined && isAtLeast(pace, FULL_PACE),
    json: values.json,
    out: values.out,
    profile: profile !== undefined,
  };
};

/** @param {Pace} pace @param {Pace} least */
const isAtLeast = (pace, least) =>
  pace.rounds >= least.rounds &&
  pace.seconds >= least.seconds &&
  pace.warmUpSeconds >= least.warmUpSeconds;

/** @param {string} name @param {string | undefined} text */
const positive = (name, text) => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} ${text} is not a number above 0`);
};

/**
 * @template {Described} Kind
 * @param {string} kind
 * @param {readonly Kind[]} all
 * @param {readonly string[] | undefined} names all of them where there are none
 */
const choose = (kind, all, names) => {
  if (names === undefined) return all;
  return names.map((name) => {
    const found = all.find((each) => each.name === name);
    if (found !== undefined) return found;
    throw new Error(`there is no ${kind} ${name}: ${all.map((each) => each.name).join(', ')}`);
  });
};
