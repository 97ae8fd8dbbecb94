import { createHash } from 'node:crypto';
import { networkOf } from '../../contract/network.ts';
import { FINE, problem } from '../kit/outcomes.ts';
import type { Check } from './errors.ts';

/** How often a password may be tried within a minute: for one account, and from one address. */
const ATTEMPTS_A_MINUTE = 10;

/** How often it was tried within the minute that is under way. */
export interface Attempts {
  /** This one included. */
  readonly count: number;
  readonly secondsLeft: number;
}

export interface AttemptStore {
  /** Counts one more. The minute begins with its first attempt, and refused ones do not prolong it. */
  readonly countAttempt: (key: string) => Promise<Attempts>;
}

/**
 * Whether a password may be tried. Accounts that do not exist count too, or the difference would
 * tell which do. What is refused by its address does not count for the account, or one client could
 * keep everyone out.
 */
export const admitAttempt = async (
  store: AttemptStore,
  email: string,
  clientAddress: string | null,
): Promise<Check> => {
  const from = await store.countAttempt(keyOf('address', networkOf(clientAddress ?? 'unknown')));
  if (from.count > ATTEMPTS_A_MINUTE) return tooMany(from);
  const to = await store.countAttempt(keyOf('account', email.trim().toLowerCase()));
  return to.count > ATTEMPTS_A_MINUTE ? tooMany(to) : FINE;
};

const tooMany = ({ secondsLeft }: Attempts): Check =>
  problem('TRY_LATER', null, `Too many attempts; try again in ${secondsLeft} seconds.`);

/** A hash, so that the table names nobody. */
const keyOf = (kind: 'account' | 'address', text: string): string =>
  createHash('sha256').update(`${kind} ${text}`).digest('base64url');
