import type { CurrencyCode } from '../kit/money.ts';
import { FINE, problem } from '../kit/outcomes.ts';
import type { Check } from './errors.ts';

/** What a person chose for how the market speaks to them. */
export interface Preferences {
  /** A BCP 47 tag in canonical form, such as `pt-BR`. */
  readonly language: string;
  readonly currency: CurrencyCode;
  readonly wantsOrderEmails: boolean;
  readonly wantsNewsEmails: boolean;
}

/** What is undefined stays as it is. */
export type PreferencesChange = {
  readonly [Name in keyof Preferences]: Preferences[Name] | undefined;
};

/** Those of someone who chose nothing. */
export const DEFAULT_PREFERENCES: Preferences = {
  language: 'en',
  currency: 'EUR',
  wantsOrderEmails: true,
  wantsNewsEmails: false,
};

/** RFC 5646, section 4.4.1: as long as tags in use get. */
const MAX_TAG_LENGTH = 35;

/** A language tag in the form that is kept (`PT-br` to `pt-BR`); null where it is none. */
const canonicalTag = (tag: string): string | null => {
  if (tag.length > MAX_TAG_LENGTH) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
};

/** The language as it is kept. */
export const tidyPreferences = (change: PreferencesChange): PreferencesChange => ({
  ...change,
  language: change.language && (canonicalTag(change.language) ?? change.language),
});

/** Everything that is wrong with a change of preferences. */
export const checkPreferences = ({ language }: PreferencesChange): Check =>
  language === undefined || canonicalTag(language) !== null
    ? FINE
    : problem('INVALID', ['input', 'language'], 'A language is a BCP 47 tag, such as pt-BR.');
