import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './contestants.mjs';
import { measure } from './measure.mjs';
import { installPeer } from './peers.mjs';

/** @import { Cores } from './process/cores.mjs' */
/** @import { Contestant, Left, Outcome, Pace, Run, Workload } from './shapes.ts' */

/**
 * @typedef {object} Tournament
 * @property {readonly Contestant[]} contestants
 * @property {readonly Workload[]} workloads
 * @property {Pace} pace
 * @property {Cores | null} cores
 * @property {(line: string) => void} say
 */

/**
 * Measures every router under every workload, round by round, so that a slow minute of the machine is
 * nobody's alone.
 *
 * @param {Tournament} tournament
 * @returns {Promise<{ runs: readonly Run[], left: readonly Left[] }>}
 */
export const compete = async ({ contestants, workloads, pace, cores, say }) => {
  /** @type {Left[]} */
  const left = [];
  /** @type {Contestant[]} */
  const present = [];
  for (const contestant of contestants) {
    const reason = await absence(contestant, say);
    if (reason === undefined) present.push(contestant);
    else left.push({ name: contestant.name, workload: null, kind: 'absent', reason });
  }
  for (const { name, reason } of left) say(`${name} is absent: ${reason}`);

  const pairs = workloads.flatMap((workload) =>
    present.map((contestant) => ({ workload, contestant })),
  );
  for (const { workload, contestant } of pairs.filter((pair) => !isFor(pair))) {
    const kind = 'not written for it';
    left.push({ name: contestant.name, workload: workload.name, kind, reason: kind });
  }
  let playing = pairs.filter(isFor);
  /** @type {Run[]} */
  const runs = [];
  for (let round = 1; round <= pace.rounds; round += 1) {
    /** @type {typeof playing} */
    const stillPlaying = [];
    for (const pair of playing) {
      const { workload, contestant } = pair;
      const outcome = await measure({ contestant, workload, pace, cores });
      runs.push({ round, name: contestant.name, workload: workload.name, outcome });
      if (outcome.kind === 'measured' || outcome.kind === 'failed') stillPlaying.push(pair);
      say(
        `round ${round}/${pace.rounds}  ${workload.name.padEnd(16)}  ${contestant.name.padEnd(15)}  ${describeOutcome(outcome)}`,
      );
    }
    // Who gave a wrong answer once is out.
    playing = stillPlaying;
  }
  return { runs, left };
};

/** @param {{ workload: Workload, contestant: Contestant }} pair */
const isFor = ({ workload, contestant: { workloads } }) =>
  workloads === null || workloads.some((pattern) => pattern.test(workload.name));

/**
 * Why a router cannot take part; nothing where it can. Installs its packages if need be.
 *
 * @param {Contestant} contestant
 * @param {(line: string) => void} say
 */
export const absence = async ({ peer, needs }, say) => {
  const reason = peer === null ? undefined : await installPeer(peer, say);
  if (reason !== undefined) return reason;
  return existsSync(path.join(ROOT, needs)) ? undefined : `there is no ${needs}`;
};

/** @param {Outcome} outcome */
export const describeOutcome = (outcome) => {
  if (outcome.kind !== 'measured') return `${outcome.kind}: ${outcome.reason}`;
  const { cpuMs, rps, p50, p99, rssMb } = outcome.figures;
  return `${cpuMs.toFixed(2)} ms CPU, ${rps.toFixed(0)} req/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${rssMb.toFixed(0)} MB`;
};
