import { real, whole } from '../models/arrays.ts';
import { trainBlend } from '../models/blend.ts';
import { type Description, findSimilar } from '../models/content.ts';
import { peopleByItem } from '../models/interactions.ts';
import type { Neighbours } from '../models/neighbours.ts';
import { popularity, relative } from '../models/popularity.ts';
import type { NeighbourKind } from '../suggestions.ts';
import { BLEND, HALF_LIFE_DAYS, MIN_PEOPLE } from '../weights.ts';
import type { Behaviour } from './behaviour.ts';

/** An item that goes with another, and in which way. */
export interface LearntNeighbour {
  readonly productId: string;
  readonly neighbourId: string;
  readonly kind: NeighbourKind;
  readonly score: number;
  /** 0 is the nearest. */
  readonly rank: number;
}

export interface LearntPopularity {
  readonly productId: string;
  /** Above 0; the most popular has 1. */
  readonly score: number;
}

/** All that is learnt from a behaviour. */
export interface Learnt {
  readonly neighbours: readonly LearntNeighbour[];
  readonly popularity: readonly LearntPopularity[];
}

/** A listing, as far as it is learnt from. */
export interface Listing extends Description {
  readonly productId: string;
}

/** Where fewer neighbours than this were learnt, similar items make up what is missing. */
const ENOUGH = 12;

/** Brings the score of a similar item below every one that was learnt from people. */
const SIMILAR_SHARE = 1e-5;

/** So small a score is that of something long forgotten. */
const LEAST_POPULARITY = 1e-9;

/** Learns what goes with what, and what is popular. The same input teaches the same. */
export const train = (behaviour: Behaviour, listings: readonly Listing[]): Learnt => {
  const near = new Map<string, readonly Near[]>();
  const bought = trainBlend(behaviour.bought, BLEND);
  const viewed = trainBlend(behaviour.viewed, BLEND);
  for (const [item, productId] of behaviour.productIds.entries()) {
    const list = strongest([
      ...nearOf('BOUGHT_TOGETHER', bought, item, behaviour.productIds),
      ...nearOf('VIEWED_TOGETHER', viewed, item, behaviour.productIds),
    ]);
    near.set(productId, list);
  }
  withSimilar(near, listings);
  return {
    neighbours: [...near].flatMap(([productId, list]) =>
      list.map((each, rank) => ({ productId, ...each, rank })),
    ),
    popularity: popularItems(behaviour),
  };
};

type Near = Omit<LearntNeighbour, 'productId' | 'rank'>;

const nearOf = (
  kind: NeighbourKind,
  neighbours: Neighbours,
  item: number,
  productIds: readonly string[],
): readonly Near[] =>
  (neighbours[item] ?? []).flatMap(({ item: other, score }) => {
    const neighbourId = productIds[other];
    return neighbourId === undefined ? [] : { kind, neighbourId, score };
  });

/** Nearest first; a pair that is near in both ways is kept under the way in which it is nearer. */
const strongest = (near: readonly Near[]): readonly Near[] => {
  const sorted = near.toSorted(
    (one, other) => other.score - one.score || (one.neighbourId < other.neighbourId ? -1 : 1),
  );
  const seen = new Set<string>();
  return sorted.filter(({ neighbourId }) => {
    const isFirst = !seen.has(neighbourId);
    seen.add(neighbourId);
    return isFirst;
  });
};

const withSimilar = (near: Map<string, readonly Near[]>, listings: readonly Listing[]): void => {
  const ids = listings.map(({ productId }) => productId);
  const learntOf = (id: string): readonly Near[] => near.get(id) ?? [];
  const wanted = new Set([...ids.keys()].filter((n) => learntOf(ids[n] ?? '').length < ENOUGH));
  const similar = findSimilar(listings, wanted, ENOUGH);
  for (const [number, id] of ids.entries()) {
    if (!wanted.has(number)) continue;
    const weaker = nearOf('SIMILAR', similar, number, ids).map((each) => ({
      ...each,
      score: SIMILAR_SHARE * each.score,
    }));
    near.set(id, strongest([...learntOf(id), ...weaker]).slice(0, ENOUGH));
  }
};

/**
 * Age is counted from the newest deed, not from now: as time goes by all would shrink by the same factor,
 * so the order stays true until there is something new.
 */
const popularItems = ({ all, productIds, today }: Behaviour): readonly LearntPopularity[] => {
  const people = peopleByItem(all);
  const scores = relative(popularity(all, today, HALF_LIFE_DAYS));
  return productIds.flatMap((productId, item) => {
    // The last digits depend on the hour, and would break ties one way today and another tomorrow.
    const score = Number(real(scores, item).toFixed(12));
    const isKnown = whole(people, item) >= MIN_PEOPLE && score > LEAST_POPULARITY;
    return isKnown ? { productId, score } : [];
  });
};
