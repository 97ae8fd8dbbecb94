import type { Role } from '../../contract/viewer.ts';
import { FINE, problem } from '../kit/outcomes.ts';
import { checkLine, checkText, isBetween, lengthOf } from '../kit/texts.ts';
import type { Check } from './errors.ts';

/** A person, as this service keeps them; the password's hash never leaves the store. */
export interface Account {
  readonly id: string;
  /** Null once deleted. */
  readonly email: string | null;
  readonly handle: string;
  readonly displayName: string;
  readonly memberSince: Date;
  readonly roles: readonly Role[];
}

/** What the name on screen becomes. */
export const DELETED_NAME = 'Deleted user';

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

/** Whether a text has the form of an e-mail address. */
export const isEmail = (text: string): boolean =>
  // Before the pattern, which takes the square of the length to refuse a text.
  checkLine(text, [6, 254], [], '').length === 0 && EMAIL.test(text);

const checkEmail = (email: string): Check =>
  isEmail(email) ? FINE : problem('INVALID', ['input', 'email'], 'That is not an e-mail address.');

/**
 * What is wrong with a password that somebody chose. Length is what counts (NIST SP 800-63B, section
 * 5.1.1.2); the upper bound keeps hashing cheap.
 */
export const checkNewPassword = (password: string, field: 'password' | 'newPassword'): Check =>
  isBetween(lengthOf(password), 12, 128)
    ? FINE
    : problem('INVALID', ['input', field], 'A password has 12 to 128 characters.');

/** Whether a text has the form of a handle, in lower case. */
export const isHandle = (text: string): boolean => HANDLE.test(text);

const checkHandle = (handle: string): Check =>
  isHandle(handle)
    ? FINE
    : problem(
        'INVALID',
        ['input', 'handle'],
        'A handle has 3 to 30 of a-z, 0-9, and - between them.',
      );

const checkDisplayName = (name: string): Check =>
  checkLine(name, [1, 80], ['input', 'displayName'], 'A name');

const checkSellerProfile = (profile: SellerProfileChange): Check => [
  ...checkText(profile.biography, 1_000, ['input', 'sellerProfile', 'biography'], 'A biography'),
  ...checkLine(profile.location, [1, 120], ['input', 'sellerProfile', 'location'], 'A location'),
  ...(isBetween(profile.dispatchDays, 1, 30)
    ? FINE
    : problem(
        'INVALID',
        ['input', 'sellerProfile', 'dispatchDays'],
        'Posting takes 1 to 30 working days.',
      )),
];

/** A sign-up as it is kept: no blanks around what was typed. */
export const tidySignUp = (input: SignUp): SignUp => ({
  ...input,
  email: input.email.trim(),
  displayName: input.displayName.trim(),
});

/** The same of a change of a profile. */
export const tidyProfileChange = ({
  displayName,
  handle,
  sellerProfile,
}: ProfileChange): ProfileChange => ({
  displayName: displayName?.trim(),
  handle,
  sellerProfile: sellerProfile && {
    ...sellerProfile,
    biography: sellerProfile.biography.trim(),
    location: sellerProfile.location.trim(),
  },
});

/** Everything that is wrong with a sign-up, apart from what only the database knows. */
export const checkSignUp = (input: SignUp): Check => [
  ...checkEmail(input.email),
  ...checkNewPassword(input.password, 'password'),
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
