import { isId } from '../kit/ids.ts';
import { minorUnitsOf } from '../kit/money.ts';
import { lengthOf } from '../kit/texts.ts';
import type { CategoryTree } from './categories.ts';
import type { Condition } from './products.ts';

/** A filter as clients write it; what is left out or null does not narrow the list. */
export interface Filter {
  readonly search?: string | null | undefined;
  readonly categories?: readonly string[] | null | undefined;
  readonly brands?: readonly string[] | null | undefined;
  readonly conditions?: readonly Condition[] | null | undefined;
  readonly minPrice?: string | null | undefined;
  readonly maxPrice?: string | null | undefined;
  readonly sellerId?: string | null | undefined;
}

/** Which of the items for sale; null does not narrow. */
export interface Selection {
  /** A `tsquery`, see search.ts. */
  readonly query: string | null;
  readonly categoryIds: readonly string[] | null;
  readonly brands: readonly string[] | null;
  readonly conditions: readonly Condition[] | null;
  /** In minor units, both inclusive. */
  readonly minPrice: bigint | null;
  readonly maxPrice: bigint | null;
  readonly sellerId: string | null;
}

/** All that is for sale. */
export const EVERYTHING: Selection = {
  query: null,
  categoryIds: null,
  brands: null,
  conditions: null,
  minPrice: null,
  maxPrice: null,
  sellerId: null,
};

const MAX_SEARCH_LENGTH = 200;
const MAX_VALUES = 100;

/** What is wrong with a filter, in words; null where nothing is. */
export const checkFilter = (filter: Filter): string | null => {
  const { search, categories, brands, minPrice, maxPrice } = filter;
  if (search != null && lengthOf(search) > MAX_SEARCH_LENGTH)
    return `\`search\` has at most ${MAX_SEARCH_LENGTH} characters.`;
  if ((categories?.length ?? 0) > MAX_VALUES || (brands?.length ?? 0) > MAX_VALUES)
    return `A filter names at most ${MAX_VALUES} categories and ${MAX_VALUES} brands.`;
  if ([minPrice, maxPrice].some((price) => price != null && minorUnitsOf(price) === null))
    return '`minPrice` and `maxPrice` have at most two decimals: "19.90".';
  return null;
};

/** The search of a filter; null where it has no letter or digit to look for. */
export const searchOf = ({ search }: Filter): string | null => {
  const text = search?.replaceAll('\0', ' ');
  return text !== undefined && /[\p{L}\p{N}]/u.test(text) ? text : null;
};

/** An empty list is what a form sends when nothing is ticked, and means the same as none. */
const chosen = <Value>(values: readonly Value[] | null | undefined): readonly Value[] | null =>
  values == null || values.length === 0 ? null : values;

/**
 * What a filter without faults selects.
 *
 * @param query what its search came to, see search.ts
 */
export const selectionOf = (
  filter: Filter,
  query: string | null,
  tree: CategoryTree,
): Selection => {
  const { minPrice, maxPrice, sellerId } = filter;
  const categories = chosen(filter.categories);
  return {
    query,
    categoryIds: categories === null ? null : tree.subtreeIds(categories),
    brands: chosen(filter.brands)?.filter((brand) => !brand.includes('\0')) ?? null,
    conditions: chosen(filter.conditions),
    minPrice: minPrice == null ? null : minorUnitsOf(minPrice),
    maxPrice: maxPrice == null ? null : minorUnitsOf(maxPrice),
    // A text that is no id is nobody's; as an id it would be looked for in vain.
    sellerId: sellerId == null ? null : isId('user', sellerId) ? sellerId : '',
  };
};
