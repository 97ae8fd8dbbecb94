import { LEAVES } from './goods/departments.ts';
import type { Listing } from './listings.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

/** Someone who looks around: an account, or a guest's browser. */
export interface Actor {
  /** `user_…` or `session_…`. */
  readonly id: string;
  readonly taste: Taste;
}

/** What someone likes. */
interface Taste {
  /** Slugs of one to three leaves, the dearest first. */
  readonly leaves: readonly string[];
  /** Up to which part of a leaf's prices they look, 0 the cheapest to 1 the dearest. */
  readonly purse: number;
  /** Picks brands and looks: listings share it by what they are, people by chance. */
  readonly style: number;
}

const GUESTS = 420;

/** As her shop says: film, vinyl. */
const ADAS_TASTE: Taste = { leaves: ['film-cameras', 'vinyl', 'lenses'], purse: 0.6, style: 1 };
/** Kinds of looks. */
const STYLES = 5;

/** Everyone, as often as they come against the others: who is picked from it comes in that measure. */
export const createActors = (random: Random, people: readonly Person[]): readonly Actor[] => {
  const guests = Array.from({ length: GUESTS }, (_, index) => `session_seed-guest-${index + 1}`);
  const [ada, ...others] = people.map(({ id }) => id);
  const known = others.flatMap((id) => visits(random, id, 10 * longTail(random)));
  const persona = ada === undefined ? [] : visits(random, ada, 50, ADAS_TASTE);
  return [...persona, ...known, ...guests.flatMap((id) => visits(random, id, 5))];
};

/** A few come every day, most now and then. */
const longTail = (random: Random): number => Math.min(8, (1 - random.float()) ** -0.6);

const visits = (
  random: Random,
  id: string,
  count: number,
  taste: Taste = createTaste(random),
): readonly Actor[] => {
  const actor = { id, taste };
  return Array.from({ length: Math.round(count) }, () => actor);
};

const CHANCES: Readonly<Record<number, number>> = { 1: 45, 2: 35, 3: 20 };

const createTaste = (random: Random): Taste => {
  const count = random.weighted([1, 2, 3], (n) => CHANCES[n] ?? 0);
  const leaves = new Set<string>();
  while (leaves.size < count) leaves.add(random.weighted(LEAVES, ({ share }) => share).slug);
  return { leaves: [...leaves], purse: random.float(), style: random.int(0, STYLES - 1) };
};

/** What a listing is to people who choose: where its price stands in its leaf, and its look. */
export interface Appeal {
  readonly listing: Listing;
  /** 0 the cheapest of its leaf, 1 the dearest. */
  readonly dearness: number;
  readonly style: number;
  /** Long-tailed: some things everyone looks at. */
  readonly popularity: number;
}

/** Listings by leaf. */
export const createAppeals = (
  random: Random,
  listings: readonly Listing[],
): ReadonlyMap<string, readonly Appeal[]> => {
  const byLeaf = new Map<string, Listing[]>();
  for (const listing of listings) {
    byLeaf.set(listing.leaf, [...(byLeaf.get(listing.leaf) ?? []), listing]);
  }
  const appeals = [...byLeaf].map(([leaf, own]) => [leaf, appealsOf(random, own)] as const);
  return new Map(appeals);
};

const appealsOf = (random: Random, listings: readonly Listing[]): readonly Appeal[] => {
  const byPrice = [...listings].sort((one, other) => one.price - other.price);
  return byPrice.map((listing, rank) => ({
    listing,
    dearness: rank / Math.max(1, byPrice.length - 1),
    style: styleOf(listing.brand ?? listing.title),
    // Where there are many pieces, there is a shop that tells of them.
    popularity: Math.min(25, (1 - random.float()) ** -0.8) * (listing.pieces > 1 ? 2.5 : 1),
  }));
};

/** Things of one brand look alike. */
const styleOf = (text: string): number => {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % STYLES;
};

/** How much someone is drawn to a thing, against other things of its leaf. */
export const draw = ({ dearness, style, popularity }: Appeal, taste: Taste): number => {
  const priceFits = Math.exp(-(((dearness - taste.purse) / 0.22) ** 2));
  return popularity * (0.08 + priceFits) * (style === taste.style ? 5 : 1);
};
