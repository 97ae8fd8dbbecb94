import { GO_TOGETHER } from './affinities.ts';
import { LEAVES } from './goods/departments.ts';
import type { Random } from './random.ts';
import { type Actor, type Appeal, draw } from './tastes.ts';

/** Something that someone did. */
export interface Deed {
  readonly kind: 'VIEWED' | 'ADDED_TO_CART' | 'BOUGHT';
  readonly productId: string;
  readonly actorId: string;
  readonly at: number;
}

/** How a listing stands at the end of the story. */
export interface Stock {
  readonly left: number;
  readonly lastSoldAt: number;
}

/** What people walk through; `stock` changes as they buy. */
export interface Fair {
  readonly random: Random;
  readonly appeals: ReadonlyMap<string, readonly Appeal[]>;
  readonly stock: Map<string, Stock>;
}

const MINUTE_MS = 60_000;

/** One look at one thing, to be taken at its time. */
export interface Look {
  readonly at: number;
  readonly visit: Visit;
}

/** What someone has in mind while they look around. */
interface Visit {
  readonly actor: Actor;
  readonly seen: Set<string>;
  leaf: string;
}

/** When someone who comes now will look at things. */
export const planVisit = (random: Random, actor: Actor, start: number): readonly Look[] => {
  const visit: Visit = { actor, seen: new Set(), leaf: firstLeaf(random, actor) };
  let at = start;
  return Array.from({ length: random.int(2, 6) }, () => {
    at += random.int(3, 8) * MINUTE_MS;
    return { at, visit };
  });
};

/**
 * Takes a look: someone chooses a thing, perhaps puts it into their cart, perhaps buys it and what
 * goes with it. Looks are to be played in the order of time: all that comes of one happens within
 * two minutes, and a purchase at the very end of them, so that nobody sees what was sold before.
 */
export const playLook = (fair: Fair, { at, visit }: Look): readonly Deed[] => {
  const { actor, seen, leaf } = visit;
  const appeal = choose(fair, actor, { leaf, at, seen });
  if (appeal === undefined) return [];
  seen.add(appeal.listing.id);
  visit.leaf = nextLeaf(fair.random, leaf);
  const first = meet(fair, actor, appeal, at);
  const isBought = first.some(({ kind }) => kind === 'BOUGHT');
  return isBought ? [...first, ...takeAlong(fair, visit, appeal, at)] : first;
};

const firstLeaf = (random: Random, { taste }: Actor): string =>
  random.chance(0.12)
    ? random.weighted(LEAVES, ({ share }) => share).slug
    : random.weighted(taste.leaves, (slug) => 3 - taste.leaves.indexOf(slug));

/** Stays, or goes over to what goes with it. */
const nextLeaf = (random: Random, leaf: string): string => {
  let left = random.float() * 250;
  for (const [other, percent] of Object.entries(GO_TOGETHER[leaf] ?? {})) {
    left -= percent;
    if (left < 0) return other;
  }
  return leaf;
};

const choose = (
  fair: Fair,
  { taste }: Actor,
  { leaf, at, seen }: { leaf: string; at: number; seen: ReadonlySet<string> },
): Appeal | undefined => {
  const there = (fair.appeals.get(leaf) ?? []).filter(
    (appeal) => isForSale(fair, appeal, at) && !seen.has(appeal.listing.id),
  );
  if (there.length === 0) return undefined;
  return fair.random.weighted(there, (appeal) => draw(appeal, taste));
};

const isForSale = ({ stock }: Fair, { listing }: Appeal, at: number): boolean =>
  listing.listedAt.getTime() <= at && stock.get(listing.id)?.left !== 0;

/** Seconds from the look to the cart, and to the purchase, which is one for all that is in it. */
const TO_CART = 25;
const TO_PURCHASE = 110;

/** Looks at a thing, and may take it. */
const meet = (
  { random, stock }: Fair,
  { id: actorId }: Actor,
  { listing }: Appeal,
  at: number,
  { eagerness = listing.pieces > 1 ? 0.3 : 0.12, delay = 0 } = {},
): readonly Deed[] => {
  const { id: productId, pieces } = listing;
  const deed = (kind: Deed['kind'], seconds: number): Deed => {
    return { kind, productId, actorId, at: at + seconds * 1_000 };
  };
  const viewed = deed('VIEWED', delay);
  if (listing.sellerId === actorId || !random.chance(eagerness)) return [viewed];
  const added = deed('ADDED_TO_CART', delay + TO_CART);
  // Of what there is one piece, people think longer.
  if (!random.chance(pieces > 1 ? 0.7 : 0.065)) return [viewed, added];
  const bought = deed('BOUGHT', TO_PURCHASE);
  stock.set(productId, { left: (stock.get(productId)?.left ?? pieces) - 1, lastSoldAt: bought.at });
  return [viewed, added, bought];
};

/** Whoever bought the one looks at what goes with it, and mostly buys it too. */
const takeAlong = (
  fair: Fair,
  { actor, seen }: Visit,
  appeal: Appeal,
  at: number,
): readonly Deed[] =>
  companionsOf(fair, appeal, at).flatMap((companion, index) => {
    if (seen.has(companion.listing.id) || !fair.random.chance(0.6)) return [];
    seen.add(companion.listing.id);
    return meet(fair, actor, companion, at, { eagerness: 0.9, delay: 35 * (index + 1) });
  });

/** The two things that most buyers of this one take along: the same for everyone who buys it. */
const companionsOf = (fair: Fair, { listing, style }: Appeal, at: number): readonly Appeal[] => {
  const leaves = [listing.leaf, ...Object.keys(GO_TOGETHER[listing.leaf] ?? {})];
  return leaves
    .flatMap((leaf) => fair.appeals.get(leaf) ?? [])
    .filter(({ listing: other }) => other.pieces > 1 && other.id !== listing.id)
    .filter((appeal) => isForSale(fair, appeal, at))
    .toSorted((one, other) => suits(other, style) - suits(one, style))
    .slice(0, 2);
};

const suits = (appeal: Appeal, style: number): number =>
  appeal.popularity * (appeal.style === style ? 3 : 1);
