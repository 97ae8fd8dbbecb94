import type { Role } from '../../contract/viewer.ts';
import { isBetween, lengthOf } from '../kit/bounds.ts';
import { FINE, problem } from '../kit/outcomes.ts';
import type { Check } from './errors.ts';

/** A person, as this service keeps them; the password's hash never leaves the store. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly handle: string;
  readonly displayName: string;
  readonly memberSince: Date;
  readonly roles: readonly Role[];
}

/** What buyers see of a seller. */
export interface SellerProfile {
  readonly userId: string;
  readonly biography: string;
  readonly location: string;
  readonly dispatchDays: number;
  /** Stars that buyers gave, added up. */
  readonly ratingSum: number;
  readonly ratingCount: number;
}

export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly handle: string;
  readonly displayName: string;
}

export type SellerProfileChange = Pick<SellerProfile, 'biography' | 'location' | 'dispatchDays'>;

/** What is undefined stays as it is. */
export interface ProfileChange {
  readonly displayName: string | undefined;
  readonly handle: string | undefined;
  readonly sellerProfile: SellerProfileChange | undefined;
}

const HANDLE = /^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){2,29}$/;
// Enough to catch slips; whether an address works shows when it gets mail (HTML's definition is no stricter).
const EMAIL = /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/;

const checkEmail = (email: string): Check =>
  EMAIL.test(email) && email.length <= 254
    ? FINE
    : problem('INVALID', ['input', 'email'], 'That is not an e-mail address.');

// Length is what counts, NIST SP 800-63B section 5.1.1.2; the upper bound keeps hashing cheap.
const checkPassword = (password: string): Check =>
  isBetween(lengthOf(password), 12, 128)
    ? FINE
    : problem('INVALID', ['input', 'password'], 'A password has 12 to 128 characters.');

const checkHandle = (handle: string): Check =>
  HANDLE.test(handle)
    ? FINE
    : problem(
        'INVALID',
        ['input', 'handle'],
        'A handle has 3 to 30 of a-z, 0-9, and - between them.',
      );

const checkDisplayName = (name: string): Check =>
  isBetween(lengthOf(name.trim()), 1, 80)
    ? FINE
    : problem('INVALID', ['input', 'displayName'], 'A name has 1 to 80 characters.');

const checkSellerProfile = (profile: SellerProfileChange): Check => [
  ...(lengthOf(profile.biography) <= 1000
    ? FINE
    : problem(
        'INVALID',
        ['input', 'sellerProfile', 'biography'],
        'A biography has at most 1,000 characters.',
      )),
  ...(isBetween(lengthOf(profile.location.trim()), 1, 120)
    ? FINE
    : problem(
        'INVALID',
        ['input', 'sellerProfile', 'location'],
        'A location has 1 to 120 characters.',
      )),
  ...(isBetween(profile.dispatchDays, 1, 30)
    ? FINE
    : problem(
        'INVALID',
        ['input', 'sellerProfile', 'dispatchDays'],
        'Posting takes 1 to 30 working days.',
      )),
];

/** Everything that is wrong with a sign-up, apart from what only the database knows. */
export const checkSignUp = (input: SignUp): Check => [
  ...checkEmail(input.email),
  ...checkPassword(input.password),
  ...checkHandle(input.handle),
  ...checkDisplayName(input.displayName),
];

/** Everything that is wrong with a change of a profile, apart from what only the database knows. */
export const checkProfileChange = (change: ProfileChange): Check => [
  ...(change.displayName === undefined ? FINE : checkDisplayName(change.displayName)),
  ...(change.handle === undefined ? FINE : checkHandle(change.handle)),
  ...(change.sellerProfile === undefined ? FINE : checkSellerProfile(change.sellerProfile)),
];

/** The mean of a seller's stars with two decimals; null before the first rating. */
export const ratingOf = (
  profile: Pick<SellerProfile, 'ratingSum' | 'ratingCount'>,
): { readonly average: string; readonly count: number } | null =>
  profile.ratingCount === 0
    ? null
    : {
        average: (profile.ratingSum / profile.ratingCount).toFixed(2),
        count: profile.ratingCount,
      };
