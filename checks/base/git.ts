import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ReadText } from '../../composition/config.ts';

/** Longer than any schema. */
const MAX_BYTES = 64 * 1_048_576;

const git = async (args: readonly string[]): Promise<string> =>
  (await promisify(execFile)('git', [...args], { maxBuffer: MAX_BYTES })).stdout;

/** @returns the commit that a name stands for; null where there is none, or no repository */
export const commitOf = (name: string): Promise<string | null> =>
  git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]).then(
    (hash) => hash.trim(),
    () => null,
  );

/** Where the present commit left another's line; null where they have nothing in common. */
export const mergeBaseWith = (name: string): Promise<string | null> =>
  git(['merge-base', '--end-of-options', name, 'HEAD']).then(
    (hash) => hash.trim(),
    () => null,
  );

/** Reads files as they were in a commit. */
export const readAt =
  (commit: string): ReadText =>
  (file) =>
    git(['show', `${commit}:./${path.relative(process.cwd(), file).split(path.sep).join('/')}`]);
