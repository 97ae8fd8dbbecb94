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

export interface PasswordTools extends Prover {
  readonly store: PasswordStore;
  /** The session that the viewer asks by; null where it is none. */
  readonly sessionId: string | null;
}

/** Changes the viewer's password, and ends their sessions but the one that they ask by. */
export const changePassword = async (
  tools: PasswordTools,
  input: { readonly currentPassword: string; readonly newPassword: string },
): Promise<Outcome<Account>> => {
  const wrong = checkNewPassword(input.newPassword, 'newPassword');
  if (wrong.length > 0) return refused(wrong);
  const proven = await proveViewer(tools, input.currentPassword, 'currentPassword');
  if (!proven.done) return proven;

  const passwordHash = await hashPassword(input.newPassword);
  if (passwordHash === null) return refused(BUSY);
  const changed = await tools.store.changePassword(proven.result, passwordHash, tools.sessionId);
  return changed ? done(proven.result.account) : refused(WRONG_BY_NOW);
};

/** Deletes the viewer's account. */
export const deleteMyAccount = async (
  tools: PasswordTools,
  password: string,
): Promise<Outcome<string>> => {
  const proven = await proveViewer(tools, password, 'password');
  if (!proven.done) return proven;
  const deleted = await tools.store.deleteAccount(proven.result);
  return deleted ? done(proven.result.account.id) : refused(WRONG_BY_NOW);
};
