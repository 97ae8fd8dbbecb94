import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SettingsError } from '../../process/settings.ts';
import { belongsToAnother } from '../own-folder.ts';

/** How to reach a cluster; kept in a file that only its owner may read. */
export interface Credentials {
  /** The port used last, 0 when none was. */
  readonly port: number;
  readonly superuser: string;
  /** Passwords by role; a role bears the name of its database. */
  readonly roles: Readonly<Record<string, string>>;
}

export const newPassword = (): string => randomBytes(24).toString('hex');

/** @throws SettingsError when the file is there and is not what was written */
export const readCredentials = (file: string): Credentials | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw belongsToAnother(file);
    throw new SettingsError(
      `${file} is damaged, and with it the passwords of the database: delete the data and begin again with npm start -- --reset`,
    );
  }
};

/** Whole or not at all: a crash half-way must not lose the passwords. */
export const writeCredentials = (file: string, credentials: Credentials): void => {
  const temporary = `${file}.new`;
  writeFileSync(temporary, `${JSON.stringify(credentials, undefined, 2)}\n`, { mode: 0o600 });
  // Root must not lock the folder's owner out.
  const { uid, gid } = statSync(path.dirname(file));
  if (process.getuid?.() === 0) chownSync(temporary, uid, gid);
  renameSync(temporary, file);
};
