import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { absolute } from './project.mjs';

/**
 * Tests, `npm run dev` and `npm start` may all want to build at once; the second waits for the
 * first and then finds nothing left to do. Creating a folder is atomic on every file system.
 */
const FOLDER = absolute('.cache/build.lock');

/** A folder without a process id belongs to someone who is about to write it, unless it is old. */
const GRACE_MS = 2000;

/**
 * @param {() => Promise<void>} work
 * @param {string} [folder]
 * @returns {Promise<void>}
 */
export const withBuildLock = async (work, folder = FOLDER) => {
  mkdirSync(path.dirname(folder), { recursive: true });
  while (!take(folder)) {
    if (isStale(folder)) discard(folder);
    else await sleep(50);
  }
  try {
    await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** @param {string} folder */
const take = (folder) => {
  try {
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'pid'), String(process.pid));
    return true;
  } catch {
    return false;
  }
};

/** @param {string} folder */
const isStale = (folder) => {
  try {
    const holder = Number(readFileSync(path.join(folder, 'pid'), 'utf8'));
    if (holder > 0) return holder === process.pid || !isAlive(holder);
  } catch {
    // No process id yet; the folder's age decides.
  }
  try {
    return Date.now() - statSync(folder).mtimeMs > GRACE_MS;
  } catch {
    return false;
  }
};

/** @param {number} pid */
const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/**
 * Moved away before it is deleted, so that of two who found it stale only one discards it.
 *
 * @param {string} folder
 */
const discard = (folder) => {
  const grave = `${folder}.${process.pid}`;
  try {
    renameSync(folder, grave);
    rmSync(grave, { recursive: true, force: true });
  } catch {
    // Someone else was faster.
  }
};
