import { readFileSync } from 'node:fs';

/** @import { Profiler, Runtime } from 'node:inspector' */

const ROOT_URL = new URL('../../..', import.meta.url).href;

const FUNCTIONS = 30;
const PLACES = 15;
/** Waiting, and the inspector that starts to record. */
const NO_WORK = ['(idle)', 'dispatch'];

/**
 * What costs what, by the time spent in a function itself: the first packages or rooms, then the first
 * functions, each with its share of the busy time.
 *
 * @param {string} file a .cpuprofile
 * @returns {string}
 */
export const describeCosts = (file) => {
  /** @type {Profiler.Profile} */
  const { nodes, samples = [], timeDeltas = [] } = JSON.parse(readFileSync(file, 'utf8'));
  /** @type {Map<number, number>} */
  const selfTimes = new Map();
  samples.forEach((id, index) => {
    selfTimes.set(id, (selfTimes.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  });

  const byFunction = new Map();
  const byPlace = new Map();
  let busy = 0;
  for (const { id, callFrame } of nodes) {
    const time = selfTimes.get(id) ?? 0;
    if (callFrame.url === '' && NO_WORK.includes(callFrame.functionName)) continue;
    busy += time;
    add(byFunction, functionLabel(callFrame), time);
    add(byPlace, place(callFrame), time);
  }
  return [
    'By package or file:',
    ...top(byPlace, PLACES, busy),
    '',
    'By function:',
    ...top(byFunction, FUNCTIONS, busy),
    '',
  ].join('\n');
};

/** @param {Map<string, number>} sums @param {string} key @param {number} value */
const add = (sums, key, value) => void sums.set(key, (sums.get(key) ?? 0) + value);

/** @param {Map<string, number>} sums @param {number} count @param {number} whole */
const top = (sums, count, whole) =>
  [...sums]
    .sort(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([label, time]) => `${((100 * time) / whole).toFixed(1).padStart(6)} %  ${label}`);

/** @param {Runtime.CallFrame} frame */
const functionLabel = ({ functionName, url, lineNumber }) => {
  const name = functionName === '' ? '(anonymous)' : functionName;
  return url === '' ? name : `${name}  ${shortPath(url)}:${lineNumber + 1}`;
};

/** @param {Runtime.CallFrame} frame */
const place = ({ functionName, url }) => {
  if (url === '') return functionName;
  const [, packageName] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return packageName ?? shortPath(url);
};

/** From the package's name on, or from the project's folder. @param {string} url */
const shortPath = (url) =>
  url.includes('/node_modules/')
    ? url.replace(/^.*\/node_modules\//, '')
    : url.replace(ROOT_URL, '');
