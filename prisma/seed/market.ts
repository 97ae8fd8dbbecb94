import { type BehaviourEvent, createBehaviour } from './behaviour.ts';
import { type Cart, createCarts } from './carts.ts';
import { createListings, type Listing, type Product } from './listings.ts';
import { createPeople, type Person } from './people.ts';
import { createPictures, type Shown } from './pictures.ts';
import { type Random, randomFor } from './random.ts';
import type { Stock } from './sessions.ts';

/** A whole market: people, what they sell, how it looks, what they did, and what is in their carts. */
export interface Market {
  readonly now: Date;
  readonly people: readonly Person[];
  readonly products: readonly Product[];
  readonly pictures: readonly Shown[];
  readonly events: readonly BehaviourEvent[];
  readonly carts: readonly Cart[];
}

/**
 * The development market. The same instant gives the same market, on every machine; another instant
 * gives the same one with its dates moved along, so that the newest things are always recent.
 */
export const createMarket = (now: Date): Market => {
  const people = createPeople();
  const listings = createListings(people, now);
  const { events, stock } = createBehaviour(people, listings, now);
  const fates = randomFor('fates');
  const products = listings.map((listing) => productOf(fates, listing, stock.get(listing.id)));
  return {
    now,
    people,
    products,
    pictures: createPictures(people, products, now),
    events,
    carts: createCarts(people, products, now),
  };
};

const productOf = (random: Random, listing: Listing, stock: Stock | undefined): Product => {
  const left = stock?.left ?? listing.pieces;
  const updatedAt = new Date(stock?.lastSoldAt ?? listing.listedAt);
  const fate = random.float();
  if (left === 0) return { ...listing, availability: 'SOLD', quantityAvailable: 0, updatedAt };
  if (fate < 0.02) {
    return { ...listing, availability: 'RESERVED', quantityAvailable: left - 1, updatedAt };
  }
  if (fate < 0.045) {
    return { ...listing, availability: 'WITHDRAWN', quantityAvailable: 0, updatedAt };
  }
  return { ...listing, availability: 'AVAILABLE', quantityAvailable: left, updatedAt };
};
