import { randomUUID } from 'node:crypto';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

export const exists = async (file: string): Promise<boolean> => {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
};

/**
 * Puts a file where it belongs in one step: who finds it finds all of it, whatever happens to this
 * process meanwhile and however many write the same.
 *
 * @param write writes the content into the file that it is given the path of
 */
export const writeWhole = async (
  file: string,
  write: (temporary: string) => Promise<unknown>,
): Promise<void> => {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.unfinished`;
  try {
    await write(temporary);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};

/** Moves a file within its disk, in one step, once its content is on the disk. */
export const moveWhole = async (from: string, to: string): Promise<void> => {
  const handle = await open(from, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await mkdir(path.dirname(to), { recursive: true });
  await rename(from, to);
};
