import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** @param {string} file relative to the root */
export const absolute = (file) => path.join(ROOT, file);

/**
 * Every file under a folder, sorted, as paths relative to the root with forward slashes. A folder
 * that does not exist has none.
 *
 * @param {string} folder relative to the root
 * @param {(file: string) => boolean} [accepts]
 * @returns {string[]}
 */
export const filesUnder = (folder, accepts = () => true) => {
  if (!existsSync(absolute(folder))) return [];
  return readdirSync(absolute(folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .filter(accepts)
    .sort();
};

/**
 * The names of the folders in a folder; none where it does not exist.
 *
 * @param {string} folder relative to the root
 * @returns {string[]}
 */
export const foldersIn = (folder) => {
  if (!existsSync(absolute(folder))) return [];
  return readdirSync(absolute(folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
};

/**
 * The installed version of a package: a new version of a tool makes its outputs anew.
 *
 * @param {string} name
 * @returns {string}
 */
export const versionOf = (name) =>
  JSON.parse(readFileSync(absolute(`node_modules/${name}/package.json`), 'utf8')).version;
