import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { SettingsError } from '../../process/settings.ts';

/**
 * PostgreSQL refuses to run as root, so root starts it as somebody else: the owner of the folder it
 * lies in, or `nobody`. That account may not be able to enter the folders above the data or the
 * programs; /root is closed to everyone else on most machines. Then it is given, beside its uid,
 * the one capability to pass closed folders:
 *
 * - CAP_DAC_READ_SEARCH, or where a container does not have it (Docker's default) CAP_DAC_OVERRIDE,
 *   as an ambient capability, which outlives exec();
 * - SECBIT_NO_SETUID_FIXUP, because access(2), by which PostgreSQL finds its own program, otherwise
 *   disregards capabilities of a process whose real uid is not 0.
 *
 * `unshare --user` would do the same but is forbidden in most containers.
 */
export interface Account {
  /** Undefined: the account that runs this process. */
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
  /** Put before the command line. */
  readonly prefix: readonly string[];
}

const NOBODY = 65_534;

/**
 * @param folders that the account must be able to enter: the data's parent and the programs'
 * @param probe a command that succeeds when the account can run the programs
 * @throws SettingsError when root cannot give up being root
 */
export const chooseAccount = async (
  folders: { readonly data: string; readonly programs: string },
  probe: readonly string[],
): Promise<Account> => {
  if (process.getuid?.() !== 0) return { ids: undefined, prefix: [] };

  const owner = statSync(folders.data);
  const ids = owner.uid === 0 ? { uid: NOBODY, gid: NOBODY } : { uid: owner.uid, gid: owner.gid };
  if (canReach(folders.data, ids) && canReach(folders.programs, ids)) return { ids, prefix: [] };

  for (const capability of ['dac_read_search', 'dac_override']) {
    const prefix = passingClosedFolders(ids, capability);
    if (await succeeds([...prefix, ...probe])) return { ids, prefix };
  }
  throw new SettingsError(
    `PostgreSQL cannot run as root, and uid ${ids.uid} cannot enter ${folders.data} and ${folders.programs}: start as an ordinary user, or move the project to where everyone can go (/opt, /srv).`,
  );
};

/** The options under which a child process runs as the account, for `spawn` and its kin. */
export const runAs = (
  account: Account,
  command: readonly string[],
): { file: string; args: string[]; ids: { uid?: number; gid?: number } } => {
  const [file = '', ...args] = [...account.prefix, ...command];
  // With a prefix, it is setpriv that changes the uid.
  const ids = account.prefix.length > 0 ? {} : (account.ids ?? {});
  return { file, args, ids };
};

const passingClosedFolders = (ids: { uid: number; gid: number }, capability: string): string[] => [
  'setpriv',
  `--reuid=${ids.uid}`,
  `--regid=${ids.gid}`,
  '--clear-groups',
  '--securebits=+no_setuid_fixup',
  `--inh-caps=-all,+${capability}`,
  `--ambient-caps=-all,+${capability}`,
  '--',
];

/** Whether someone may pass every folder from the root down to this one. */
const canReach = (folder: string, { uid, gid }: { uid: number; gid: number }): boolean => {
  const { mode, uid: owner, gid: group } = statSync(folder);
  const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = path.dirname(folder);
  return parent === folder || canReach(parent, { uid, gid });
};

const succeeds = async ([file = '', ...args]: readonly string[]): Promise<boolean> => {
  try {
    await promisify(execFile)(file, args);
    return true;
  } catch {
    return false;
  }
};
