import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The processes that are killed. */
const VICTIMS = ['cart', 'catalog', 'router', 'payments'] as const;

export type Victim = (typeof VICTIMS)[number];

/** What one buyer does. */
export interface Purchase {
  /** By number, from 0. */
  readonly buyer: number;
  /** By number: one to three items. */
  readonly items: readonly number[];
  readonly card: string;
  /** When they come, in milliseconds after the beginning. */
  readonly afterMs: number;
  /** How often the same checkout is sent at once. */
  readonly copies: number;
  /** Whether they are gone before the answer comes. */
  readonly leaves: boolean;
  readonly afterwards: 'keep' | 'cancel' | 'refund';
}

export interface Kill {
  readonly victim: Victim;
  readonly afterMs: number;
}

/** What happens in one round; the same for the same seed and size. */
export interface Schedule {
  readonly seed: number;
  readonly items: number;
  readonly purchases: readonly Purchase[];
  readonly kills: readonly Kill[];
}

const CARDS = [
  'card_approved',
  'card_approved',
  'card_approved',
  'card_declined',
  'card_slow',
  'card_fails_after_charging',
  'card_fails_before_charging',
] as const;

/** How long buyers keep coming and processes keep dying, in milliseconds. */
const ROUND_MS = 6_000;

/** @param size how many buyers, on a tenth as many items */
export const scheduleOf = (seed: number, size: number): Schedule => {
  const generator = xoroshiro128plus(seed);
  const int = (from: number, to: number): number => uniformInt(generator, from, to);
  const chance = (probability: number): boolean => uniformFloat64(generator) < probability;
  const pick = <T>(list: readonly [T, ...T[]]): T => list[int(0, list.length - 1)] ?? list[0];
  const items = Math.max(2, Math.round(size / 10));
  const wanted = (): readonly number[] => [
    ...new Set(Array.from({ length: int(1, 3) }, () => int(0, items - 1))),
  ];
  const purchase = (buyer: number): Purchase => ({
    buyer,
    items: wanted(),
    card: pick(CARDS),
    afterMs: int(0, ROUND_MS),
    copies: chance(0.2) ? int(2, 3) : 1,
    leaves: chance(0.1),
    afterwards: pick(['keep', 'keep', 'keep', 'cancel', 'refund']),
  });
  return {
    seed,
    items,
    purchases: Array.from({ length: size }, (_, buyer) => purchase(buyer)),
    kills: Array.from({ length: int(3, 6) }, () => ({
      victim: pick(VICTIMS),
      afterMs: int(200, ROUND_MS),
    })),
  };
};
