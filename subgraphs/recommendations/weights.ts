import type { EventKind } from './events.ts';

/** How much an act says of someone's interest in an item. */
export const WEIGHTS: Record<EventKind, number> = { VIEWED: 1, ADDED_TO_CART: 3, BOUGHT: 5 };

/** After so many days an event counts half as much for what is popular. */
export const HALF_LIFE_DAYS = 7;

/** What is older than this, before the newest event, is not learnt from. */
export const LEARNING_DAYS = 180;

/**
 * "People" are at least two: fewer make the sentence untrue, and would show everyone what a single
 * person did.
 */
export const MIN_PEOPLE = 2;

/** Neighbours kept of an item, of each kind. */
export const MAX_NEIGHBOURS = 20;

/**
 * A cosine over few shared people is mostly chance, so it is multiplied by n / (n + SHRINKAGE) where
 * n people are shared (Bell, Koren: Improved Neighborhood-based Collaborative Filtering, 2007).
 */
export const SHRINKAGE = 5;

/** Items of one person that are learnt from, newest first: pairs grow with the square. */
export const MAX_ITEMS_OF_A_PERSON = 100;
