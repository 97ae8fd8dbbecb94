import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * A module of the project as the build compiled it: what is measured is what everyone starts.
 *
 * @param {string} file of dist/
 * @returns {Promise<any>}
 */
// `any`: the compiled modules have no declarations, and whoever loads one knows what is in it.
export const built = (file) => import(pathToFileURL(path.join(ROOT, 'dist', file)).href);
