import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** @import { ChildProcess } from 'node:child_process' */

/**
 * @typedef {object} Child
 * @property {ChildProcess} process
 * @property {number} pid
 * @property {(type: string, limitMs?: number) => Promise<any>} message the next message of that type
 * @property {() => string} printed the end of what it printed
 * @property {() => Promise<void>} stop at once, and wait until it is gone: nobody has anything to finish
 */

/** A start may compose, compile and load; on a busy machine that takes a while. */
const MESSAGE_LIMIT_MS = 60_000;
const PRINTED_LIMIT = 4_000;

/** @type {Set<ChildProcess>} */
const living = new Set();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/**
 * Starts a process that has nothing of this one's environment but what programs need to be found.
 *
 * @param {object} launch
 * @param {string} launch.command
 * @param {readonly string[]} launch.args
 * @param {Readonly<Record<string, string>>} [launch.env]
 * @param {string} [launch.cwd]
 * @param {string | undefined} launch.cores the cores to keep to; any where there are none
 * @returns {Child}
 */
export const startChild = ({ command, args, env = {}, cwd, cores }) => {
  const [program, ...words] =
    cores === undefined ? [command, ...args] : ['taskset', '-c', cores, command, ...args];
  const child = spawn(String(program), words, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  living.add(child);
  let printed = '';
  /** @param {Buffer} chunk */
  const keep = (chunk) => {
    printed = `${printed}${chunk}`.slice(-PRINTED_LIMIT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const exited = once(child, 'exit').finally(() => living.delete(child));
  // Whoever waits for a message hears of it; nobody else has to.
  exited.catch(() => {});

  return {
    process: child,
    pid: Number(child.pid),
    printed: () => printed,
    message: async (type, limitMs = MESSAGE_LIMIT_MS) => {
      const ended = exited.then(([code, signal]) => {
        throw new Error(`${command} ended with ${signal ?? code}: ${printed.trim()}`);
      });
      return Promise.race([nextMessage(child, type, limitMs), ended]);
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await exited;
    },
  };
};

/**
 * @param {ChildProcess} child
 * @param {string} type
 * @param {number} limitMs
 * @returns {Promise<any>}
 */
// `any`: each process of the bench has messages of its own, and whoever asks knows their shape.
const nextMessage = (child, type, limitMs) =>
  new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.off('message', look);
      reject(new Error(`no message "${type}" within ${limitMs} ms`));
    }, limitMs);
    /** @param {any} message */
    const look = (message) => {
      if (message?.type !== type) return;
      clearTimeout(limit);
      child.off('message', look);
      resolve(message);
    };
    child.on('message', look);
  });
