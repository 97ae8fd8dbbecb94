import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { absolute, filesUnder } from './project.mjs';

/** Rooms whose code finds files beside itself: schemas, migrations, sample clips, pages. */
export const ASSET_FOLDERS = ['subgraphs', 'prisma', 'router/http/welcome', 'router/http/explain'];

/** Needed when building, not when running; `.js` is what the compiler writes. */
const NOT_COPIED = ['.ts', '.js', '.map', '.prisma', '.md'];

/** @param {string} file */
export const isAsset = (file) => !NOT_COPIED.includes(path.extname(file));

/**
 * Makes dist/ hold the same assets as the sources: a migration that is gone must not be applied.
 *
 * @returns {Promise<void>}
 */
export const copyAssets = async () => {
  for (const folder of ASSET_FOLDERS) {
    for (const file of filesUnder(folder, isAsset)) copyWhenChanged(file);
    for (const copy of filesUnder(`dist/${folder}`, isAsset)) {
      if (!existsSync(absolute(copy.replace(/^dist\//, '')))) rmSync(absolute(copy));
    }
  }
};

/** @param {string} file */
const copyWhenChanged = (file) => {
  const from = absolute(file);
  const to = absolute(`dist/${file}`);
  const [source, copy] = [statSync(from), statSync(to, { throwIfNoEntry: false })];
  if (copy !== undefined && copy.size === source.size && copy.mtimeMs > source.mtimeMs) return;
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(from, to);
};
