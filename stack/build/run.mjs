import { spawn } from 'node:child_process';
import { ROOT } from './project.mjs';

/** A tool of the build refused; its own words are the message. */
export class BuildError extends Error {
  /** @override */
  name = 'BuildError';
}

/**
 * Runs a Node program of node_modules in the project's root.
 *
 * @param {readonly string[]} args the program's path relative to the root, and its arguments
 * @param {Readonly<Record<string, string>>} [environment] added to the process's own
 * @returns {Promise<void>}
 * @throws {BuildError} with what the program printed, when it fails
 */
export const runTool = (args, environment = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** @type {Buffer[]} */
    const printed = [];
    child.stdout.on('data', (chunk) => printed.push(chunk));
    child.stderr.on('data', (chunk) => printed.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve();
      const words = Buffer.concat(printed).toString().trim();
      reject(new BuildError(words === '' ? `${args[0]} ended with ${signal ?? code}` : words));
    });
  });
