import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { withBuildLock } from './build/lock.mjs';
import { BuildError } from './build/run.mjs';
import { digestOf, missingOutputs, readStamp, writeStamp } from './build/stamps.mjs';
import { toolSteps, WAVES } from './build/steps.mjs';

/** @typedef {import('./build/steps.mjs').Step} Step */

/** Tools that generate code take one core each. */
const AT_ONCE = 2;

const WORTH_TELLING_MS = 100;

/** @param {Step} step */
const digest = (step) => digestOf(step.inputs(), step.rest);

/** @param {Step} step */
const isCurrent = (step) => {
  const stamp = readStamp(step.name);
  return stamp !== undefined && stamp.digest === digest(step) && missingOutputs(stamp).length === 0;
};

/**
 * @param {Step} step
 * @param {(line: string) => void} say
 */
const runStep = async (step, say) => {
  const began = performance.now();
  // Taken before the run: an edit meanwhile must make the next build do it again.
  const made = digest(step);
  await step.run();
  writeStamp(step.name, { digest: made, outputs: step.outputs() });
  const ms = performance.now() - began;
  if (ms > WORTH_TELLING_MS) say(`  ${step.title} built in ${(ms / 1000).toFixed(1)} s`);
};

/**
 * @param {Step[]} steps
 * @param {(line: string) => void} say
 */
const runWave = async (steps, say) => {
  const waiting = steps.filter((step) => !isCurrent(step));
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      await runStep(step, say);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};

/**
 * Compiles what needs no generated code, where not all is compiled already.
 *
 * @returns {Promise<void>}
 * @throws {BuildError} whose message is what the failing tool printed
 */
const buildTools = async () => {
  const { steps, unless } = toolSteps();
  if (isCurrent(unless) || steps.every(isCurrent)) return;
  await withBuildLock(() => runWave([...steps], () => {}));
};

/**
 * Generates code, compiles and copies assets into dist/: each step only when what it is made from
 * has changed, or what it makes is gone. Safe to run several times at once.
 *
 * @param {{ quiet?: boolean }} [options] `quiet` says nothing but failures
 * @returns {Promise<void>}
 * @throws {BuildError} whose message is what the failing tool printed
 */
export const build = async ({ quiet = false } = {}) => {
  const say = quiet
    ? () => {}
    : (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);
  if (WAVES.every((wave) => wave().every(isCurrent))) return;
  await withBuildLock(async () => {
    for (const wave of WAVES) await runWave(wave(), say);
  });
};

if (
  process.argv[1] !== undefined &&
  path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  const isToolsOnly = process.argv.includes('--tools');
  const built = isToolsOnly ? buildTools() : build({ quiet: process.argv.includes('--quiet') });
  built.catch((error) => {
    process.stderr.write(`${error instanceof BuildError ? error.message : error.stack}\n`);
    process.exitCode = 1;
  });
}
