import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { SettingsError } from '../process/settings.ts';

/** What this account may not touch, because another one made it. */
export const belongsToAnother = (file: string): SettingsError =>
  new SettingsError(
    `${file} belongs to another account: start as that one, or set DATA_DIR to a folder of your own`,
  );

/**
 * Makes a folder for data when it is missing. Others may not look into it; root's may be passed,
 * since its database runs as somebody else, and what is secret in it has a mode of its own.
 *
 * @returns its real path
 * @throws SettingsError when this account may not work in it
 */
export const makeOwnFolder = (folder: string): string => {
  try {
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
      throw belongsToAnother(folder);
    }
    throw error;
  }
  return realpathSync(folder);
};
