import type { CurrencyCode, Price } from '../kit/money.ts';

import type { Selection } from './selections.ts';

const FACETS = ['categories', 'brands', 'conditions', 'priceRanges'] as const;
export type Facet = (typeof FACETS)[number];

/** How many items have one value of a facet. */
export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** As many values as anyone looks through. */
export const MAX_FACET_VALUES = 50;

/** Where price ranges begin, in minor units; the last has no end. */
export const PRICE_STEPS = [
  0n,
  1_000n,
  2_000n,
  5_000n,
  10_000n,
  20_000n,
  50_000n,
  100_000n,
  200_000n,
  500_000n,
] as const;

/** The filter of a facet, as a selection has it. */
const OWN_FILTERS = {
  categories: ['categoryIds'],
  brands: ['brands'],
  conditions: ['conditions'],
  priceRanges: ['minPrice', 'maxPrice'],
} as const satisfies Record<Facet, readonly (keyof Selection)[]>;

/** Whether a facet's own filter narrows the selection. */
export const isNarrowedBy = (selection: Selection, facet: Facet): boolean =>
  OWN_FILTERS[facet].some((filter) => selection[filter] !== null);

/** The selection without the facet's own filter, so that other values of it can be compared. */
export const withoutOwnFilter = (selection: Selection, facet: Facet): Selection => ({
  ...selection,
  ...Object.fromEntries(OWN_FILTERS[facet].map((filter) => [filter, null])),
});

/** The selection without the filters of all facets. */
export const withoutFilters = (selection: Selection): Selection =>
  FACETS.reduce(withoutOwnFilter, selection);

export interface PriceRange {
  readonly from: Price;
  readonly below: Price | null;
}

/**
 * The range that is counted under a value such as `EUR 3`: the currency, and which of the steps,
 * from 1.
 */
export const priceRangeOf = (value: string): PriceRange => {
  const [currency, step] = value.split(' ');
  // The value was put together from the column of this type.
  const currencyCode = currency as CurrencyCode;
  const at = (index: number): Price | null => {
    const minorUnits = PRICE_STEPS[index];
    return minorUnits === undefined ? null : { minorUnits, currencyCode };
  };
  return {
    from: at(Number(step) - 1) ?? { minorUnits: 0n, currencyCode },
    below: at(Number(step)),
  };
};
