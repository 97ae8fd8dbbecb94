import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { absolute } from './project.mjs';

/**
 * What a step was last made from, and what it made.
 *
 * @typedef {{ digest: string, outputs: string[] }} Stamp
 */

const FILE = absolute('dist/.stamps.json');

/** @returns {Record<string, Stamp>} */
const readStamps = () => {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    // Missing or torn: everything is made again, which is always right.
    return {};
  }
};

/**
 * @param {string} step
 * @returns {Stamp | undefined}
 */
export const readStamp = (step) => readStamps()[step];

/**
 * @param {string} step
 * @param {Stamp} stamp
 */
export const writeStamp = (step, stamp) => {
  mkdirSync(path.dirname(FILE), { recursive: true });
  const temporary = `${FILE}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify({ ...readStamps(), [step]: stamp })}\n`);
  renameSync(temporary, FILE);
};

/**
 * Has a step run again, whatever it was made from: another has written over what it made.
 *
 * @param {string} step
 */
export const forgetStamp = (step) => writeStamp(step, { digest: '', outputs: [] });

/**
 * SHA-256 over names and contents of files, and over what else decides the outcome.
 *
 * @param {readonly string[]} files relative to the root
 * @param {readonly string[]} rest such as a tool's version
 * @returns {string}
 */
export const digestOf = (files, rest) => {
  const hash = createHash('sha256');
  for (const text of rest) hash.update(`${text}\0`);
  for (const file of files) {
    const content = readFileSync(absolute(file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
};

/** @param {Stamp} stamp */
export const missingOutputs = (stamp) =>
  stamp.outputs.filter((file) => !existsSync(absolute(file)));
