import { createInterface } from 'node:readline/promises';
import { type DataFolder, emptyDataFolder } from './data-folder.ts';
import { clusterFolder } from './postgres/cluster.ts';
import { stopOrphan } from './postgres/orphan.ts';

/**
 * Deletes databases, media and logs, having asked. Servers of one's own (DATABASE_URL_…) are not
 * touched.
 *
 * @returns false when the answer was no
 */
export const reset = async (
  data: DataFolder,
  { yes }: { readonly yes: boolean },
): Promise<boolean> => {
  if (!yes && !(await confirm(`Delete all databases, media and logs in ${data.path}?`))) {
    process.stdout.write('Nothing was deleted.\n');
    return false;
  }
  await stopOrphan(clusterFolder(data.path));
  emptyDataFolder(data);
  return true;
};

const confirm = async (question: string): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
};
