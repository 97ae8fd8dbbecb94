import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The parts of the market, each with a stream of its own: a change in one leaves the others alone. */
const STREAMS = ['people', 'listings', 'behaviour', 'fates', 'pictures', 'carts'] as const;

/** Chosen once; another number is another market. */
const SEED = 20_261_123;

/** Chance that comes out the same every time. */
export interface Random {
  /** A whole number, both ends included. */
  readonly int: (from: number, to: number) => number;
  /** From 0 up to, and without, 1. */
  readonly float: () => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** The likelier, the greater its weight; at least one weight is above zero. */
  readonly weighted: <T>(list: readonly T[], weightOf: (item: T) => number) => T;
  readonly shuffled: <T>(list: readonly T[]) => T[];
}

/**
 * The stream of one part of the market. Streams never overlap: each begins 2^64 numbers after the
 * one before (xoroshiro128+, Blackman and Vigna 2018).
 */
export const randomFor = (stream: (typeof STREAMS)[number]): Random => {
  const generator = xoroshiro128plus(SEED);
  for (let jumps = STREAMS.indexOf(stream); jumps > 0; jumps -= 1) generator.jump();

  const int = (from: number, to: number): number => uniformInt(generator, from, to);
  const float = (): number => uniformFloat64(generator);
  return {
    int,
    float,
    chance: (probability) => float() < probability,
    pick: (list) => at(list, int(0, list.length - 1)),
    weighted: (list, weightOf) => {
      const weights = list.map(weightOf);
      let left = float() * weights.reduce((sum, weight) => sum + weight, 0);
      const index = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      return at(list, index < 0 ? list.length - 1 : index);
    },
    shuffled: (list) => {
      const items = [...list];
      // Fisher and Yates, from the end.
      for (let end = items.length - 1; end > 0; end -= 1) {
        const other = int(0, end);
        [items[end], items[other]] = [at(items, other), at(items, end)];
      }
      return items;
    },
  };
};

const at = <T>(list: readonly T[], index: number): T => {
  if (index < 0 || index >= list.length)
    throw new RangeError(`${list.length} items, none at ${index}`);
  // Just checked; undefined may be an item.
  return list[index] as T;
};
