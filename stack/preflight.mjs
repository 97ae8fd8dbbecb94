import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Read by whatever Node is installed, however old: no syntax that only new ones know.

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @type {{ engines: { node: string }, dependencies: Record<string, string> }} */
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/**
 * Why this Node cannot run Emporium, in one line with the cure; undefined when it can.
 *
 * @param {string} version such as 20.20.2
 * @param {string} [range] of the form `^20.19 || >=24`
 * @returns {string | undefined}
 */
export const nodeProblem = (version, range = manifest.engines.node) => {
  if (range.split('||').some((part) => isWithin(version, part.trim()))) return undefined;
  return `Node ${version} is too old or untested: Emporium needs ${range}. Install the current LTS from https://nodejs.org, or with a version manager: nvm install --lts`;
};

/**
 * @param {string} version
 * @param {string} part `^a.b` or `>=a`
 */
const isWithin = (version, part) => {
  const [major, minor] = numbers(version);
  const [fromMajor, fromMinor] = numbers(part.replace(/^[^\d]*/, ''));
  if (major === fromMajor) return minor >= fromMinor;
  return part.startsWith('>=') && major > fromMajor;
};

/**
 * @param {string} text
 * @returns {[number, number]}
 */
const numbers = (text) => {
  const [major, minor] = text.split('.').map(Number);
  return [major || 0, minor || 0];
};

/**
 * Why there is nothing to run with, in one line with the cure; undefined when there is.
 *
 * @param {string} [root]
 * @returns {string | undefined}
 */
export const dependenciesProblem = (root = ROOT) => {
  const missing = Object.keys(manifest.dependencies).filter(
    (name) => !existsSync(path.join(root, 'node_modules', name)),
  );
  if (missing.length === 0) return undefined;
  return `The dependencies are not installed (${missing[0]} is missing): run npm ci`;
};
