import { gatherInteractions, type Interactions } from '../models/interactions.ts';
import type { Purchase } from './purchases.ts';

/** What is known at one time, and what people did afterwards. */
export interface Split {
  /** What was bought before. */
  readonly known: Interactions;
  /** The last day of it. */
  readonly today: number;
  /**
   * By person: the items that they bought for the first time afterwards. People who bought nothing
   * before are not in it, nor are items that nobody had bought: nothing could be learnt of them.
   */
  readonly later: ReadonlyMap<number, ReadonlySet<number>>;
}

/**
 * Splits purchases by time, as the market lives through it: a share `from` of them is known, and what
 * came after that until the share `to` is to be foretold.
 *
 * @param purchases in the order of time
 */
export const splitByTime = (purchases: readonly Purchase[], from: number, to: number): Split => {
  const middle = Math.floor(from * purchases.length);
  const before = purchases.slice(0, middle);
  const after = purchases.slice(middle, Math.floor(to * purchases.length));
  const people = numbered(before.map(({ customer }) => customer));
  const items = numbered(before.map(({ product }) => product));
  const gathered = gatherInteractions();
  const seen = new Set<string>();
  for (const { customer, product, day } of before) {
    const person = people.get(customer) ?? 0;
    const item = items.get(product) ?? 0;
    gathered.add({ person, item, weight: 1, day });
    seen.add(`${person} ${item}`);
  }
  const later = new Map<number, Set<number>>();
  for (const { customer, product } of after) {
    const person = people.get(customer);
    const item = items.get(product);
    if (person === undefined || item === undefined || seen.has(`${person} ${item}`)) continue;
    later.set(person, (later.get(person) ?? new Set()).add(item));
  }
  return { known: gathered.finish(items.size), today: before.at(-1)?.day ?? 0, later };
};

const numbered = (names: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...new Set(names)].sort().map((name, number) => [name, number]));
