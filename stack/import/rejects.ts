import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { type CsvRow, csvLine } from './csv.ts';

/** The rows that could not be imported, kept aside to be mended. */
export interface Rejects {
  readonly file: string;
  /** Adds a row with where it was and why it was refused. */
  readonly add: (row: CsvRow, reason: string) => Promise<void>;
  /** Puts the file in place; without rows, none is left behind. */
  readonly close: () => Promise<void>;
}

/**
 * Opens `<folder>/<name of the imported file>.rejected.csv`, which has the columns of the imported
 * file and, before them, `line` and `reason`. It can be imported again when it has been mended.
 */
export const openRejects = async (
  folder: string,
  imported: string,
  header: readonly string[],
): Promise<Rejects> => {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${path.basename(imported)}.rejected.csv`);
  // A run that is cut off leaves the list of the run before alone.
  const unfinished = `${file}.unfinished`;
  const stream = createWriteStream(unfinished, { mode: 0o600 });
  let count = 0;

  const write = async (fields: readonly string[]): Promise<void> => {
    if (!stream.write(csvLine(fields))) await once(stream, 'drain');
  };
  await write(['line', 'reason', ...header]);
  return {
    file,
    add: async ({ line, fields }, reason) => {
      count += 1;
      await write([String(line), reason, ...fields]);
    },
    close: async () => {
      stream.end();
      await finished(stream);
      if (count > 0) return rename(unfinished, file);
      await Promise.all([rm(unfinished, { force: true }), rm(file, { force: true })]);
    },
  };
};
