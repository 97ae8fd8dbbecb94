import type { EventKind } from './events.ts';
import type { BlendSettings } from './models/blend.ts';

/** How much an act says of someone's interest in an item, beside a purchase. */
export const WEIGHTS: Record<EventKind, number> = { VIEWED: 0.2, ADDED_TO_CART: 0.6, BOUGHT: 1 };

/** After so many days an event counts half as much for what is popular. */
export const HALF_LIFE_DAYS = 5;

/**
 * "People" are at least two: fewer make the sentence untrue, and would show everyone what a single
 * person did.
 */
export const MIN_PEOPLE = 2;

/**
 * How what goes with what is learnt. `lambda`, `halfLife`, `cosineShare` and the exponent below are what
 * `npm run evaluate -- <file> --tune` found best on the validation part of real purchases
 * (docs/recommendations.md).
 */
export const BLEND: BlendSettings = {
  neighbours: 50,
  minPeople: MIN_PEOPLE,
  halfLife: 0.1,
  shrinkage: 5,
  lambda: 50,
  easeItems: 3_500,
  easePeople: 5,
  cosineShare: 0.003,
};

/** Of two items that go as well with what someone did, the more popular one comes first: see `blendModel`. */
export const POPULARITY_EXPONENT = 0.1;

/** Items of one person that are learnt from, newest first: pairs grow with the square. */
export const MAX_ITEMS_OF_A_PERSON = 1_000;
