import { COUNTRIES, type Country } from './countries.ts';
import { DEPARTMENTS, LEAVES } from './goods/departments.ts';
import { type Random, randomFor } from './random.ts';

/** Someone with an account. */
export interface Person {
  readonly id: string;
  readonly handle: string;
  readonly displayName: string;
  readonly country: Country;
  readonly town: string;
  readonly memberSinceDays: number;
  readonly addresses: readonly PostalAddress[];
  /** Undefined for someone who only buys. */
  readonly shop?: Shop;
}

interface PostalAddress {
  readonly lines: readonly string[];
  readonly city: string;
  readonly postalCode: string;
  readonly countryCode: string;
}

/** What makes someone a seller. */
interface Shop {
  readonly biography: string;
  readonly dispatchDays: number;
  readonly ratingSum: number;
  readonly ratingCount: number;
  /** Slugs of the leaves that they sell in. */
  readonly leaves: readonly string[];
  /** How much they sell, against the others. */
  readonly activity: number;
}

const SELLERS = 200;
const BUYERS = 300;

const OPENINGS = [
  'I sell what I no longer use, and say honestly what is wrong with it.',
  'Collector by night, teacher by day.',
  'We empty attics, carefully.',
  'A small workshop behind the house, and too many projects in it.',
  'Moving abroad soon, so most of it has to go.',
  'I repair things before I pass them on.',
  'Family of five with a cellar that wants air.',
  'Retired, with time to pack parcels properly.',
  'Ten years of flea markets have filled two rooms.',
  'I buy too much and sell most of it again.',
];

const CLOSINGS = [
  'Ask for more pictures whenever you like.',
  'Posted within the days named here, in used boxes.',
  'Pick-up is welcome, coffee included.',
  'No returns for change of heart, always for my mistakes.',
  'I answer in the evenings.',
  'Several things in one parcel save postage.',
  'Prices are meant as they stand, fair offers for two or more.',
];

const DAY_MS = 86_400_000;

export const memberSince = ({ memberSinceDays }: Person, now: Date): Date =>
  new Date(now.getTime() - memberSinceDays * DAY_MS);

/** Everyone: sellers first, `user_1` being the one that the documentation speaks of. */
export const createPeople = (): readonly Person[] => {
  const random = randomFor('people');
  const handles = new Set<string>(['ada-moreau']);
  const people = Array.from({ length: SELLERS + BUYERS }, (_, index) =>
    createPerson(random, index + 1, handles),
  );
  return [ada(), ...people.slice(1)];
};

const createPerson = (random: Random, number: number, handles: Set<string>): Person => {
  const country = random.weighted(COUNTRIES, ({ share }) => share);
  const first = random.pick(country.firstNames.split(' '));
  const surname = random.pick(country.surnames.split(' '));
  const [postalCode, town] = random.pick(country.towns);
  const isSeller = number <= SELLERS;
  const memberSinceDays = random.int(isSeller ? 420 : 95, 2_200);
  return {
    id: `user_${number}`,
    handle: freeHandle(`${first} ${surname}`, handles),
    displayName: random.chance(0.25) ? `${first} ${surname.slice(0, 1)}.` : `${first} ${surname}`,
    country,
    town,
    memberSinceDays,
    addresses: isSeller && random.chance(0.3) ? [] : [address(random, country, postalCode, town)],
    ...(isSeller ? { shop: createShop(random, memberSinceDays) } : {}),
  };
};

/** A name in the letters that handles have, with a number where someone was faster. */
const freeHandle = (name: string, taken: Set<string>): string => {
  const plain = name
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');
  let handle = plain;
  for (let number = 2; taken.has(handle); number += 1) handle = `${plain}-${number}`;
  taken.add(handle);
  return handle;
};

const address = (
  random: Random,
  country: Country,
  postalCode: string,
  city: string,
): PostalAddress => {
  const street = random.pick(country.streets);
  const number = random.int(1, 88);
  const line = country.numberFirst ? `${number} ${street}` : `${street} ${number}`;
  const lines = random.chance(0.2) ? [line, `${random.int(1, 5)}/${random.int(1, 9)}`] : [line];
  return { lines, city, postalCode, countryCode: country.code };
};

/** Most know one or two departments; a few sell a little of everything. */
const createShop = (random: Random, memberSinceDays: number): Shop => {
  const departments = random
    .shuffled(DEPARTMENTS)
    .slice(0, random.chance(0.15) ? 5 : random.int(1, 2));
  const ratingCount = random.chance(0.08) ? 0 : random.int(1, Math.ceil(memberSinceDays / 9));
  const mean = 4.1 + 0.85 * random.float();
  return {
    biography: `${random.pick(OPENINGS)} ${random.pick(CLOSINGS)}`,
    dispatchDays: random.weighted([1, 2, 3, 5], (days) => 6 - days),
    ratingSum: Math.round(ratingCount * mean),
    ratingCount,
    leaves: departments.flatMap(({ leaves }) => leaves.map(({ slug }) => slug)),
    // Pareto: a fifth of the sellers have most of the things.
    activity: Math.min(12, (1 - random.float()) ** -0.7),
  };
};

/** The persona of the documentation: she buys, and sells cameras, records and books. */
const ada = (): Person => {
  const [france] = COUNTRIES;
  if (france === undefined) throw new Error('There are no countries.');
  const favourites = ['cameras', 'audio', 'books'];
  const leaves = DEPARTMENTS.filter(({ slug }) => favourites.includes(slug)).flatMap(
    (each) => each.leaves,
  );
  return {
    id: 'user_1',
    handle: 'ada-moreau',
    displayName: 'Ada Moreau',
    country: france,
    town: 'Lyon',
    memberSinceDays: 1_500,
    addresses: [
      {
        lines: ['14 rue des Tanneurs', 'Bâtiment B'],
        city: 'Lyon',
        postalCode: '69003',
        countryCode: 'FR',
      },
      { lines: ['3 quai de la Fosse'], city: 'Nantes', postalCode: '44000', countryCode: 'FR' },
    ],
    shop: {
      biography:
        'I photograph on film, listen on vinyl and read on paper, and pass on what I have finished with. Everything is cleaned and tested before it goes.',
      dispatchDays: 1,
      ratingSum: 632,
      ratingCount: 130,
      leaves: LEAVES.filter((leaf) => leaves.includes(leaf)).map(({ slug }) => slug),
      activity: 7,
    },
  };
};
