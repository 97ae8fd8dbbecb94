import { randomUUID } from 'node:crypto';
import { SettingsError } from '../../process/settings.ts';
import { updateProfile } from '../../subgraphs/users/actions.ts';
import { signUp } from '../../subgraphs/users/sign-up.ts';
import type { AccountStore } from '../../subgraphs/users/store-accounts.ts';
import { DEFAULT_SELLER } from './arguments.ts';

/**
 * The id of the person whose listings they become. The default one is made when it is missing, with
 * a password that nobody knows.
 *
 * @throws SettingsError where a handle was given that nobody has
 */
export const findSeller = async (accounts: AccountStore, handle: string): Promise<string> => {
  const known = await idOf(accounts, handle);
  if (known !== undefined) return known;
  if (handle !== DEFAULT_SELLER) {
    throw new SettingsError(`--seller ${handle}: nobody has this handle`);
  }

  const created = await signUp(accounts, {
    email: `${DEFAULT_SELLER}@example.com`,
    password: randomUUID(),
    handle: DEFAULT_SELLER,
    displayName: 'Imported goods',
  });
  // Where another import was faster, its account serves as well.
  const id = created.done ? created.result.account.id : await idOf(accounts, handle);
  if (id === undefined) throw new SettingsError(`The seller ${DEFAULT_SELLER} cannot be made`);
  await updateProfile(accounts, id, {
    displayName: undefined,
    handle: undefined,
    sellerProfile: { biography: 'Listings from a file.', location: 'Europe', dispatchDays: 3 },
  });
  return id;
};

const idOf = async (accounts: AccountStore, handle: string): Promise<string | undefined> =>
  (await accounts.accountsByHandle([handle]))[0]?.id;
