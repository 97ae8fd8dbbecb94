import { done, NOT_SIGNED_IN, problem, refused } from '../kit/outcomes.ts';
import { type Account, isEmail } from './accounts.ts';
import { type AttemptStore, admitAttempt } from './attempts.ts';
import type { Check, Outcome } from './errors.ts';
import { BUSY, checkPassword } from './passwords.ts';

/** An account whose password was given, and the hash that it fits. */
export interface ProvenAccount {
  readonly account: Account;
  readonly passwordHash: string;
}

export interface ProofStore extends AttemptStore {
  readonly accountsById: (ids: readonly string[]) => Promise<readonly Account[]>;
  readonly findCredentials: (email: string) => Promise<ProvenAccount | null>;
}

/** Who tries a password, and from where. */
export interface Prover {
  readonly store: ProofStore;
  /** Null for a guest. */
  readonly viewerId: string | null;
  readonly clientAddress: string | null;
}

const WRONG_CREDENTIALS = problem(
  'CREDENTIALS_WRONG',
  ['input'],
  'E-mail address and password do not belong together.',
);

/** For who proved a password that was changed before they could make use of it. */
export const WRONG_BY_NOW = problem(
  'CREDENTIALS_WRONG',
  ['input'],
  'The password was changed a moment ago; use the new one.',
);

/** Finds the account that e-mail address and password open; tells no more than that they do not. */
export const proveByEmail = (
  prover: Prover,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<Outcome<ProvenAccount>> => prove(prover, email.trim(), password, WRONG_CREDENTIALS);

/**
 * Asks the viewer for their password, so that a stolen access token cannot do what follows.
 *
 * @param field of the input that the password stands in
 */
export const proveViewer = async (
  prover: Prover,
  password: string,
  field: string,
): Promise<Outcome<ProvenAccount>> => {
  const { store, viewerId } = prover;
  const [viewer] = viewerId === null ? [] : await store.accountsById([viewerId]);
  if (viewer === undefined || viewer.email === null) return refused(NOT_SIGNED_IN);
  const wrong = problem('CREDENTIALS_WRONG', ['input', field], 'That is not your password.');
  return prove(prover, viewer.email, password, wrong);
};

const prove = async (
  { store, clientAddress }: Prover,
  email: string,
  password: string,
  wrong: Check,
): Promise<Outcome<ProvenAccount>> => {
  const tooMany = await admitAttempt(store, email, clientAddress);
  if (tooMany.length > 0) return refused(tooMany);
  const found = isEmail(email) ? await store.findCredentials(email) : null;
  const verdict = await checkPassword(found?.passwordHash ?? null, password);
  if (verdict === 'busy') return refused(BUSY);
  return verdict === 'right' && found !== null ? done(found) : refused(wrong);
};
