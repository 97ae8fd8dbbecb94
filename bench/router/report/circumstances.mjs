import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../contestants.mjs';
import { peerVersions } from '../peers.mjs';

/** @import { Cores } from '../process/cores.mjs' */
/** @import { Circumstances, Contestant, Pace } from '../shapes.ts' */

/** What Emporium and the bench take from the project's own packages. */
const OWN_PACKAGES = [
  '@apollo/federation-internals',
  '@apollo/server',
  'fastify',
  'graphql',
  'undici',
];

/**
 * Where and with what figures are taken, but for the load at the end.
 *
 * @param {readonly Contestant[]} contestants
 * @param {Pace} pace
 * @param {Cores | null} cores
 * @returns {Omit<Circumstances, 'loadAfter'>}
 */
export const circumstances = (contestants, pace, cores) => ({
  date: new Date().toISOString().slice(0, 16),
  commit: commit(),
  machine: `${os.cpus()[0]?.model.trim()}, ${os.cpus().length} cores, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB`,
  system: `${os.type()} ${os.release()}`,
  node: process.version,
  cores,
  loadBefore: os.loadavg(),
  versions: versions(contestants),
  pace,
});

const commit = () => {
  /** @param {readonly string[]} args */
  const git = (args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  try {
    // What the bench itself writes is no change of what it measures.
    const changed = git([
      'status',
      '--porcelain',
      '--',
      '.',
      ':!bench/router/RESULTS.md',
      ':!bench/router/results.json',
      ':!bench/router/cpu.svg',
    ]);
    return `${git(['rev-parse', '--short=10', 'HEAD'])}${changed === '' ? '' : ' with changes'}`;
  } catch {
    return 'unknown';
  }
};

/** @param {readonly Contestant[]} contestants */
const versions = (contestants) => {
  const own = OWN_PACKAGES.map((name) => [name, installedVersion(name)]);
  const peers = new Set(contestants.flatMap(({ peer }) => peer ?? []));
  return Object.fromEntries([
    ...own,
    ...[...peers].flatMap((peer) =>
      Object.entries(peerVersions(peer)).map(([name, version]) => [`${peer}: ${name}`, version]),
    ),
  ]);
};

/** @param {string} name */
const installedVersion = (name) => {
  const file = path.join(ROOT, 'node_modules', name, 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')).version;
};
