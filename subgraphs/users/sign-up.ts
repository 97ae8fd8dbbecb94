import { newId } from '../kit/ids.ts';
import { done, problem, refused } from '../kit/outcomes.ts';
import { type Account, checkSignUp, type SignUp, tidySignUp } from './accounts.ts';
import type { Outcome } from './errors.ts';
import { BUSY, hashPassword } from './passwords.ts';
import type { ProvenAccount } from './proof.ts';

/** A column that must be unique and is not. */
export type Taken = 'email' | 'handle';

export type NewAccount = Omit<SignUp, 'password'> & {
  readonly id: string;
  readonly passwordHash: string;
};

export interface SignUpStore {
  readonly createAccount: (account: NewAccount) => Promise<Account | Taken>;
}

const EMAIL_TAKEN = problem(
  'EMAIL_TAKEN',
  ['input', 'email'],
  'There is an account with this e-mail address; log in, or use another.',
);
const HANDLE_TAKEN = problem('HANDLE_TAKEN', ['input', 'handle'], 'That handle is taken.');

export const refusedAsTaken = (taken: Taken): Outcome<never> =>
  refused(taken === 'email' ? EMAIL_TAKEN : HANDLE_TAKEN);

/** Makes an account for someone new. */
export const signUp = async (
  store: SignUpStore,
  input: SignUp,
): Promise<Outcome<ProvenAccount>> => {
  const tidied = tidySignUp(input);
  const wrong = checkSignUp(tidied);
  if (wrong.length > 0) return refused(wrong);

  const { password, ...rest } = tidied;
  const passwordHash = await hashPassword(password);
  if (passwordHash === null) return refused(BUSY);
  const account = await store.createAccount({ ...rest, id: newId('user'), passwordHash });
  return typeof account === 'string' ? refusedAsTaken(account) : done({ account, passwordHash });
};
