import { isId, newId } from '../kit/ids.ts';
import { done, NOT_SIGNED_IN, problem, refused } from '../kit/outcomes.ts';
import {
  type Account,
  checkProfileChange,
  type ProfileChange,
  tidyProfileChange,
} from './accounts.ts';
import {
  type Address,
  type AddressInput,
  checkAddress,
  MAX_ADDRESSES,
  tidyAddress,
} from './addresses.ts';
import type { Outcome } from './errors.ts';
import {
  checkPreferences,
  type Preferences,
  type PreferencesChange,
  tidyPreferences,
} from './preferences.ts';
import { refusedAsTaken, type Taken } from './sign-up.ts';

/** What the actions need of the database; store-accounts.ts has it. */
export interface UsersStore {
  readonly changeProfile: (id: string, change: ProfileChange) => Promise<Account | Taken | null>;
  readonly changePreferences: (
    userId: string,
    change: PreferencesChange,
  ) => Promise<Preferences | null>;
  readonly addAddress: (address: Address, limit: number) => Promise<Address | 'too-many' | null>;
  readonly replaceAddress: (address: Address) => Promise<Address | null>;
  readonly removeAddress: (userId: string, id: string) => Promise<boolean>;
}

const NO_SUCH_ADDRESS = problem('NOT_FOUND', ['id'], 'You have no address with this id.');

/** Changes what the viewer shows of themself. */
export const updateProfile = async (
  store: UsersStore,
  viewerId: string | null,
  change: ProfileChange,
): Promise<Outcome<Account>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  const tidied = tidyProfileChange(change);
  const wrong = checkProfileChange(tidied);
  if (wrong.length > 0) return refused(wrong);

  const changed = await store.changeProfile(viewerId, tidied);
  if (changed === null) return refused(NOT_SIGNED_IN);
  return typeof changed === 'string' ? refusedAsTaken(changed) : done(changed);
};

/** Changes what the viewer prefers. */
export const changePreferences = async (
  store: UsersStore,
  viewerId: string | null,
  change: PreferencesChange,
): Promise<Outcome<Preferences>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  const wrong = checkPreferences(change);
  if (wrong.length > 0) return refused(wrong);

  const changed = await store.changePreferences(viewerId, tidyPreferences(change));
  return changed === null ? refused(NOT_SIGNED_IN) : done(changed);
};

/** Adds an address to the viewer's account. */
export const addAddress = async (
  store: UsersStore,
  viewerId: string | null,
  input: AddressInput,
): Promise<Outcome<Address>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  const tidied = tidyAddress(input);
  const wrong = checkAddress(tidied);
  if (wrong.length > 0) return refused(wrong);

  const address = { ...tidied, id: newId('address'), userId: viewerId };
  const added = await store.addAddress(address, MAX_ADDRESSES);
  if (added === null) return refused(NOT_SIGNED_IN);
  if (added !== 'too-many') return done(added);
  return refused(
    problem(
      'TOO_MANY',
      null,
      `An account has at most ${MAX_ADDRESSES} addresses; remove one first.`,
    ),
  );
};

/** Replaces one of the viewer's addresses. */
export const updateAddress = async (
  store: UsersStore,
  viewerId: string | null,
  id: string,
  input: AddressInput,
): Promise<Outcome<Address>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  if (!isId('address', id)) return refused(NO_SUCH_ADDRESS);
  const tidied = tidyAddress(input);
  const wrong = checkAddress(tidied);
  if (wrong.length > 0) return refused(wrong);

  const replaced = await store.replaceAddress({ ...tidied, id, userId: viewerId });
  return replaced === null ? refused(NO_SUCH_ADDRESS) : done(replaced);
};

/** Removes one of the viewer's addresses. */
export const removeAddress = async (
  store: UsersStore,
  viewerId: string | null,
  id: string,
): Promise<Outcome<string>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  const removed = isId('address', id) && (await store.removeAddress(viewerId, id));
  return removed ? done(id) : refused(NO_SUCH_ADDRESS);
};
