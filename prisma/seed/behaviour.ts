import type { Listing } from './listings.ts';
import type { Person } from './people.ts';
import { type Random, randomFor } from './random.ts';
import { type Deed, type Fair, planVisit, playLook, type Stock } from './sessions.ts';
import { createActors, createAppeals } from './tastes.ts';

export interface BehaviourEvent extends Deed {
  readonly clientEventId: string;
}

export interface Behaviour {
  /** In the order in which they happened. */
  readonly events: readonly BehaviourEvent[];
  /** By product id; of those that were bought. */
  readonly stock: ReadonlyMap<string, Stock>;
}

const EVENTS = 20_000;

/** A few more than make so many events. */
const SESSIONS = 4_400;

const DAYS = 90;
const DAY_MS = 86_400_000;

/** As long as a session may take: none reaches into the future. */
const HOUR_MS = 3_600_000;

/**
 * Ninety days of people looking around and buying. They are played in the order of time, so that
 * nobody sees a thing before it was listed or after its last piece was sold, and what is sold at the
 * end is exactly what was bought.
 */
export const createBehaviour = (
  people: readonly Person[],
  listings: readonly Listing[],
  now: Date,
): Behaviour => {
  const random = randomFor('behaviour');
  const actors = createActors(random, people);
  const fair: Fair = { random, appeals: createAppeals(random, listings), stock: new Map() };

  const looks = Array.from({ length: SESSIONS }, () =>
    planVisit(random, random.pick(actors), sessionStart(random, now.getTime())),
  ).flat();
  looks.sort((one, other) => one.at - other.at);
  const deeds = looks.flatMap((look) => playLook(fair, look));
  deeds.sort((one, other) => one.at - other.at);
  return { events: withoutOldViews(deeds).map(named), stock: fair.stock };
};

/** More lately than long ago. */
const sessionStart = (random: Random, now: number): number =>
  now - HOUR_MS - DAYS * DAY_MS * (1 - random.float() ** 0.8);

/** Exactly as many as promised; purchases stay, for the stock was counted by them. */
const withoutOldViews = (deeds: readonly Deed[]): readonly Deed[] => {
  let excess = deeds.length - EVENTS;
  return deeds.filter(({ kind }) => {
    const isLeftOut = excess > 0 && kind === 'VIEWED';
    if (isLeftOut) excess -= 1;
    return !isLeftOut;
  });
};

const named = (deed: Deed, index: number): BehaviourEvent => ({
  ...deed,
  clientEventId: `seed-${String(index + 1).padStart(6, '0')}`,
});
