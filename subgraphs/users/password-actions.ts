import { done, refused } from '../kit/outcomes.ts';
import { type Account, checkNewPassword } from './accounts.ts';
import type { Outcome } from './errors.ts';
import { BUSY, hashPassword } from './passwords.ts';
import {
  type ProofStore,
  type ProvenAccount,
  type Prover,
  proveViewer,
  WRONG_BY_NOW,
} from './proof.ts';

export interface PasswordStore extends ProofStore {
  /**
   * Changes the password and ends all sessions but one.
   *
   * @returns false where the account is not as it was proven any more
   */
  readonly changePassword: (
    proven: ProvenAccount,
    passwordHash: string,
    keptSessionId: string | null,
  ) => Promise<boolean>;
  /**
   * Removes what the person gave, and tells other services.
   *
   * @returns false where the account is not as it was proven any more
   */
  readonly deleteAccount: (proven: ProvenAccount) => Promise<boolean>;
}

/** @param sessionId the one that goes on; null where all others means all */
export const changePassword = async (
  store: PasswordStore,
  prover: Prover,
  sessionId: string | null,
  input: { readonly currentPassword: string; readonly newPassword: string },
): Promise<Outcome<Account>> => {
  const wrong = checkNewPassword(input.newPassword, 'newPassword');
  if (wrong.length > 0) return refused(wrong);
  const proven = await proveViewer(store, prover, input.currentPassword, 'currentPassword');
  if (!proven.done) return proven;

  const passwordHash = await hashPassword(input.newPassword);
  if (passwordHash === null) return refused(BUSY);
  const changed = await store.changePassword(proven.result, passwordHash, sessionId);
  return changed ? done(proven.result.account) : refused(WRONG_BY_NOW);
};

/** Deletes the viewer's account. */
export const deleteMyAccount = async (
  store: PasswordStore,
  prover: Prover,
  password: string,
): Promise<Outcome<string>> => {
  const proven = await proveViewer(store, prover, password, 'password');
  if (!proven.done) return proven;
  const deleted = await store.deleteAccount(proven.result);
  return deleted ? done(proven.result.account.id) : refused(WRONG_BY_NOW);
};
