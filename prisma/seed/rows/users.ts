import type { TableRows } from '../insert.ts';
import type { Market } from '../market.ts';
import { memberSince, type Person } from '../people.ts';

/**
 * The argon2id hash of `correct horse battery`, the password of everyone in the development market:
 * the strength of five hundred hashes would protect nothing here, and take ten seconds.
 */
const PASSWORD_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$ZW1wb3JpdW0tZXhhbXBsZQ$PcTwlHz0dUDexrFjzrPQbAkC+rGayWUQxYn84doqUTU';

/** The rows of the users' database. */
export const usersTables = ({ people, now }: Market): readonly TableRows[] => [
  {
    table: 'users',
    columns: {
      id: 'text',
      email: 'citext',
      password_hash: 'text',
      handle: 'citext',
      display_name: 'text',
      member_since: 'timestamptz',
      roles: 'text[]',
    },
    rows: people.map((person) => ({
      id: person.id,
      email: `${person.handle}@example.com`,
      password_hash: PASSWORD_HASH,
      handle: person.handle,
      display_name: person.displayName,
      member_since: memberSince(person, now),
      roles: person.shop === undefined ? ['buyer'] : ['buyer', 'seller'],
    })),
  },
  {
    table: 'seller_profiles',
    columns: {
      user_id: 'text',
      biography: 'text',
      location: 'text',
      dispatch_days: 'integer',
      rating_sum: 'integer',
      rating_count: 'integer',
    },
    rows: people.flatMap(profileOf),
  },
  {
    table: 'addresses',
    columns: {
      id: 'text',
      user_id: 'text',
      recipient: 'text',
      lines: 'text[]',
      city: 'text',
      postal_code: 'text',
      country_code: 'char(2)',
      is_default: 'boolean',
      created_at: 'timestamptz',
    },
    rows: people.flatMap((person) => addressesOf(person, now)).map(numbered),
  },
];

const profileOf = ({ id, shop, town, country }: Person) =>
  shop === undefined
    ? []
    : [
        {
          user_id: id,
          biography: shop.biography,
          location: `${town}, ${country.name}`,
          dispatch_days: shop.dispatchDays,
          rating_sum: shop.ratingSum,
          rating_count: shop.ratingCount,
        },
      ];

const addressesOf = (person: Person, now: Date) =>
  person.addresses.map((address, index) => ({
    user_id: person.id,
    recipient: person.displayName,
    lines: address.lines,
    city: address.city,
    postal_code: address.postalCode,
    country_code: address.countryCode,
    is_default: index === 0,
    // One after the other, because they are shown in that order.
    created_at: new Date(memberSince(person, now).getTime() + index * 1_000),
  }));

const numbered = <Row>(row: Row, index: number) => ({ id: `address_${index + 1}`, ...row });
