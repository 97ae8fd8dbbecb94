import { isBetween, lengthOf } from '../kit/bounds.ts';
import { FINE, problem } from '../kit/outcomes.ts';
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

const checkText = (text: string, maximum: number, field: string[], name: string): Check =>
  isBetween(lengthOf(text.trim()), 1, maximum)
    ? FINE
    : problem('INVALID', field, `${name} has 1 to ${maximum} characters.`);

/** Everything that is wrong with an address. */
export const checkAddress = (input: AddressInput): Check => [
  ...checkText(input.recipient, 120, ['input', 'recipient'], 'A recipient'),
  ...(isBetween(input.lines.length, 1, 3)
    ? FINE
    : problem('INVALID', ['input', 'lines'], 'An address has one to three lines.')),
  ...input.lines.flatMap((line, index) =>
    checkText(line, 120, ['input', 'lines', String(index)], 'A line'),
  ),
  ...checkText(input.city, 120, ['input', 'city'], 'A city'),
  ...(input.postalCode === null
    ? FINE
    : checkText(input.postalCode, 16, ['input', 'postalCode'], 'A postal code')),
  ...(/^[A-Z]{2}$/.test(input.countryCode)
    ? FINE
    : problem(
        'INVALID',
        ['input', 'countryCode'],
        'A country is two capital letters, such as PT.',
      )),
];
