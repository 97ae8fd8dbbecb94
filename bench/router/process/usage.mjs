import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** @typedef {{ cpuMs: number, rssMb: number }} Usage */

/**
 * What a process has used of the processor since it began, in all of its threads, and what it holds of
 * memory now.
 *
 * @type {(pid: number) => Usage}
 */
export const usageOf = (pid) =>
  process.platform === 'linux' ? usageFromProc(pid) : usageFromPs(pid);

/** @param {number} pid @returns {Usage} */
const usageFromProc = (pid) => {
  const nanoseconds = readdirSync(`/proc/${pid}/task`).map((thread) => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // The thread has ended since it was listed.
      return 0;
    }
  });
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    cpuMs: nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6,
    rssMb: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
  };
};

/** In hundredths of a second: coarse, but enough over the seconds of a run. @param {number} pid @returns {Usage} */
const usageFromPs = (pid) => {
  const printed = execFileSync('ps', ['-o', 'time=,rss=', '-p', String(pid)], { encoding: 'utf8' });
  const [time = '', rss = '0'] = printed.trim().split(/\s+/);
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpuMs: seconds * 1000, rssMb: Number(rss) / 1024 };
};
