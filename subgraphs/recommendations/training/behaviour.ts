import type { EventKind } from '../events.ts';
import { gatherInteractions, type Interactions } from '../models/interactions.ts';
import { MAX_ITEMS_OF_A_PERSON, WEIGHTS } from '../weights.ts';

/** Something that someone did with an item. */
export interface Deed {
  readonly kind: EventKind;
  readonly productId: string;
  readonly actorId: string;
  /** In days since 1970. */
  readonly day: number;
}

/** What everyone did, as matrices of people and items; the items of all have the same numbers. */
export interface Behaviour {
  /** By number. */
  readonly productIds: readonly string[];
  readonly bought: Interactions;
  /** Looked at or put into a cart. */
  readonly viewed: Interactions;
  /** Either. */
  readonly all: Interactions;
  /** The day of the newest deed; 0 where there is none. */
  readonly today: number;
}

/** Gathers deeds one after the other, so that they can be streamed; ids are kept once each. */
export const gatherBehaviour = () => {
  const people = new Map<string, number>();
  const items = new Map<string, number>();
  const rows: { kind: EventKind; item: number; person: number; day: number }[] = [];
  return {
    add: ({ kind, productId, actorId, day }: Deed): void => {
      rows.push({ kind, item: numberIn(items, productId), person: numberIn(people, actorId), day });
    },
    /** The same whatever order they came in: numbers go by id, and ties are broken by number. */
    finish: (): Behaviour => {
      const placeOfItem = inOrder(items);
      const placeOfPerson = inOrder(people);
      const [bought, viewed, all] = [
        gatherInteractions(),
        gatherInteractions(),
        gatherInteractions(),
      ];
      let today = 0;
      for (const { kind, item, person, day } of rows) {
        const interest = {
          person: placeOfPerson[person] ?? 0,
          item: placeOfItem[item] ?? 0,
          weight: WEIGHTS[kind],
          day,
        };
        all.add(interest);
        (kind === 'BOUGHT' ? bought : viewed).add(interest);
        today = Math.max(today, day);
      }
      return {
        productIds: [...items.keys()].sort(),
        bought: bought.finish(items.size, MAX_ITEMS_OF_A_PERSON),
        viewed: viewed.finish(items.size, MAX_ITEMS_OF_A_PERSON),
        all: all.finish(items.size),
        today,
      };
    },
  };
};

const numberIn = (numbers: Map<string, number>, id: string): number => {
  const known = numbers.get(id);
  if (known !== undefined) return known;
  numbers.set(id, numbers.size);
  return numbers.size - 1;
};

/** By number of arrival: the place of the id among all in order. */
const inOrder = (numbers: ReadonlyMap<string, number>): Uint32Array => {
  const places = new Uint32Array(numbers.size);
  for (const [place, id] of [...numbers.keys()].sort().entries())
    places[numbers.get(id) ?? 0] = place;
  return places;
};
