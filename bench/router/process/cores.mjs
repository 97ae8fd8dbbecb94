import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @typedef {{ router: string, rest: string }} Cores lists of cores, as taskset reads them */

/**
 * One core for the router, the others for whoever it speaks to.
 *
 * @returns {Cores | null} null where processes cannot be pinned: no taskset, or one core only
 */
export const divideCores = () => {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    const status = readFileSync('/proc/self/status', 'utf8');
    const [first, ...others] = expand(/Cpus_allowed_list:\s*(\S+)/.exec(status)?.[1] ?? '');
    if (first === undefined || others.length === 0) return null;
    return { router: String(first), rest: others.join(',') };
  } catch {
    return null;
  }
};

/** `0-2,5` are 0, 1, 2 and 5. @param {string} list */
const expand = (list) =>
  list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
