import { isId, newId } from '../kit/ids.ts';
import { done, NOT_SIGNED_IN, problem, refused } from '../kit/outcomes.ts';
import {
  type Account,
  checkProfileChange,
  checkSignUp,
  isEmail,
  type ProfileChange,
  type SignUp,
  tidyProfileChange,
  tidySignUp,
} from './accounts.ts';
import {
  type Address,
  type AddressInput,
  checkAddress,
  MAX_ADDRESSES,
  tidyAddress,
} from './addresses.ts';
import type { Outcome } from './errors.ts';
import { hashPassword, isPasswordRight } from './passwords.ts';

/** A column that must be unique and is not. */
export type Taken = 'email' | 'handle';

export type NewAccount = Omit<SignUp, 'password'> & {
  readonly id: string;
  readonly passwordHash: string;
};

/** What the actions need of the database; store.ts has it. */
export interface UsersStore {
  readonly createAccount: (account: NewAccount) => Promise<Account | Taken>;
  readonly findCredentials: (
    email: string,
  ) => Promise<{ readonly account: Account; readonly passwordHash: string } | null>;
  readonly changeProfile: (id: string, change: ProfileChange) => Promise<Account | Taken | null>;
  readonly addAddress: (address: Address, limit: number) => Promise<Address | 'too-many' | null>;
  readonly replaceAddress: (address: Address) => Promise<Address | null>;
  readonly removeAddress: (userId: string, id: string) => Promise<boolean>;
}

const EMAIL_TAKEN = problem(
  'EMAIL_TAKEN',
  ['input', 'email'],
  'There is an account with this e-mail address; log in, or use another.',
);
const HANDLE_TAKEN = problem('HANDLE_TAKEN', ['input', 'handle'], 'That handle is taken.');
const NO_SUCH_ADDRESS = problem('NOT_FOUND', ['id'], 'You have no address with this id.');

const refusedAsTaken = (taken: Taken): Outcome<never> =>
  refused(taken === 'email' ? EMAIL_TAKEN : HANDLE_TAKEN);

/** Makes an account for someone new. */
export const signUp = async (store: UsersStore, input: SignUp): Promise<Outcome<Account>> => {
  const tidied = tidySignUp(input);
  const wrong = checkSignUp(tidied);
  if (wrong.length > 0) return refused(wrong);

  const { password, ...rest } = tidied;
  const passwordHash = await hashPassword(password);
  const created = await store.createAccount({ ...rest, id: newId('user'), passwordHash });
  return typeof created === 'string' ? refusedAsTaken(created) : done(created);
};

/** Finds the account that e-mail address and password open; tells no more than that they do not. */
export const logIn = async (
  store: UsersStore,
  input: { readonly email: string; readonly password: string },
): Promise<Outcome<Account>> => {
  const found = isEmail(input.email) ? await store.findCredentials(input.email) : null;
  const right = await isPasswordRight(found?.passwordHash ?? null, input.password);
  if (found !== null && right) return done(found.account);
  return refused(
    problem('CREDENTIALS_WRONG', ['input'], 'E-mail address and password do not belong together.'),
  );
};

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
