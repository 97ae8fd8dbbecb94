import { FINE, problem } from '../kit/outcomes.ts';
import { checkLine, isBetween } from '../kit/texts.ts';
import type { Check } from './errors.ts';

/** A postal address of a user. */
export interface Address {
  readonly id: string;
  readonly userId: string;
  readonly recipient: string;
  readonly lines: readonly string[];
  readonly city: string;
  readonly postalCode: string | null;
  readonly countryCode: string;
  readonly isDefault: boolean;
}

export type AddressInput = Omit<Address, 'id' | 'userId'>;

/** More than anyone needs, few enough to be a plain list. */
export const MAX_ADDRESSES = 20;

/** An address as it is kept: no blanks around what was typed. */
export const tidyAddress = (input: AddressInput): AddressInput => ({
  ...input,
  recipient: input.recipient.trim(),
  lines: input.lines.map((line) => line.trim()),
  city: input.city.trim(),
  postalCode: input.postalCode?.trim() || null,
});

/** Everything that is wrong with an address. */
export const checkAddress = (input: AddressInput): Check => [
  ...checkLine(input.recipient, [1, 120], ['input', 'recipient'], 'A recipient'),
  ...(isBetween(input.lines.length, 1, 3)
    ? FINE
    : problem('INVALID', ['input', 'lines'], 'An address has one to three lines.')),
  ...input.lines.flatMap((line, index) =>
    checkLine(line, [1, 120], ['input', 'lines', String(index)], 'A line'),
  ),
  ...checkLine(input.city, [1, 120], ['input', 'city'], 'A city'),
  ...(input.postalCode === null
    ? FINE
    : checkLine(input.postalCode, [1, 16], ['input', 'postalCode'], 'A postal code')),
  ...(/^[A-Z]{2}$/.test(input.countryCode)
    ? FINE
    : problem(
        'INVALID',
        ['input', 'countryCode'],
        'A country is two capital letters, such as PT.',
      )),
];
