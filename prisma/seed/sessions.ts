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

/** Someone's visit: they look at some things, put one or the other into their cart, perhaps buy. */
export const playSession = (fair: Fair, actor: Actor, start: number): readonly Deed[] => {
  const { random } = fair;
  const deeds: Deed[] = [];
  const seen = new Set<string>();
  let leaf = firstLeaf(random, actor);
  let at = start;
  for (let looks = random.int(2, 6); looks > 0; looks -= 1) {
    const appeal = choose(fair, actor, { leaf, at, seen });
    if (appeal === undefined) break;
    seen.add(appeal.listing.id);
    const bought = meet(fair, actor, appeal, at, deeds);
    const companion = bought ? companionOf(fair, appeal, at) : undefined;
    if (companion !== undefined && !seen.has(companion.listing.id) && random.chance(0.6)) {
      seen.add(companion.listing.id);
      meet(fair, actor, companion, at + 2 * MINUTE_MS, deeds, 0.9);
    }
    leaf = nextLeaf(random, leaf);
    at += random.int(3, 8) * MINUTE_MS;
  }
  return deeds;
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

/** Looks at it, and may take it. @returns whether it was bought */
const meet = (
  { random, stock }: Fair,
  { id: actorId }: Actor,
  { listing }: Appeal,
  at: number,
  deeds: Deed[],
  eagerness = 0.13,
): boolean => {
  const { id: productId, pieces } = listing;
  const tell = (kind: Deed['kind'], seconds: number): void => {
    deeds.push({ kind, productId, actorId, at: at + seconds * 1_000 });
  };
  tell('VIEWED', 0);
  if (listing.sellerId === actorId || !random.chance(eagerness)) return false;
  tell('ADDED_TO_CART', 40);
  // Of what there is one piece, people think longer.
  if (!random.chance(pieces > 1 ? 0.7 : 0.065)) return false;
  tell('BOUGHT', 110);
  const left = (stock.get(productId)?.left ?? pieces) - 1;
  stock.set(productId, { left, lastSoldAt: at + 110_000 });
  return true;
};

/** What most buyers of a thing take along: the same for everyone who buys it. */
const companionOf = (fair: Fair, { listing, style }: Appeal, at: number): Appeal | undefined => {
  const leaves = [listing.leaf, ...Object.keys(GO_TOGETHER[listing.leaf] ?? {})];
  return leaves
    .flatMap((leaf) => fair.appeals.get(leaf) ?? [])
    .filter(({ listing: other }) => other.pieces > 1 && other.id !== listing.id)
    .filter((appeal) => isForSale(fair, appeal, at))
    .toSorted((one, other) => suits(other, style) - suits(one, style))[0];
};

const suits = (appeal: Appeal, style: number): number =>
  appeal.popularity * (appeal.style === style ? 3 : 1);
