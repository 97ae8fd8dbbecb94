import path from 'node:path';
import { built, ROOT } from './built.mjs';
import { fillCatalogue } from './fill.mjs';

const { createLog } = await built('process/log.js');
const { migrate } = await built('stack/migrate.js');
const { migrationsFolder } = await built('stack/folders.js');
const { startPostgres } = await built('stack/postgres/postgres.js');
const { EXTENSIONS } = await built('stack/subgraphs.js');

/**
 * A catalogue of `count` goods in a PostgreSQL of its own, made at the first run and kept.
 *
 * @param {number} count
 * @param {(line: string) => void} say
 * @returns {Promise<{ url: string, pid: () => number, stop: () => Promise<void> }>}
 */
export const openCatalogue = async (count, say) => {
  const postgres = await startPostgres({
    directory: path.join(ROOT, '.cache/bench-search', String(count)),
    databases: [{ name: 'catalog', extensions: EXTENSIONS.catalog }],
    log: createLog('postgres', 'silent'),
  });
  try {
    const url = postgres.urlFor('catalog');
    await migrate(url, migrationsFolder('catalog'));
    await fillCatalogue(url, count, say);
    return { url, pid: postgres.pid, stop: postgres.stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
};
