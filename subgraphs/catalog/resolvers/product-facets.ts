import type { ProductFacetsResolvers } from '../../../generated/resolvers/catalog.ts';
import { moneyOf } from '../../kit/money.ts';
import { priceRangeOf } from '../facets.ts';
import { CONDITIONS } from '../products.ts';

export const ProductFacets: ProductFacetsResolvers = {
  isApproximate: (list) => list.isApproximate(),

  categories: async (list, _args, { categories }) => {
    const counts = await list.facet('categories');
    const tree = await categories.tree();
    return counts.flatMap(({ value, count }) => {
      const category = tree.byId(value);
      return category === null ? [] : { category, count };
    });
  },

  brands: async (list) =>
    (await list.facet('brands')).map(({ value, count }) => ({ brand: value, count })),

  conditions: async (list) => {
    const counts = new Map((await list.facet('conditions')).map((each) => [each.value, each]));
    return CONDITIONS.flatMap((condition) => {
      const count = counts.get(condition)?.count;
      return count === undefined ? [] : { condition, count };
    });
  },

  priceRanges: async (list) =>
    (await list.facet('priceRanges'))
      .map(({ value, count }) => ({ ...priceRangeOf(value), count }))
      .toSorted((one, other) => Number(one.from.minorUnits - other.from.minorUnits))
      .map(({ from, below, count }) => ({
        from: moneyOf(from),
        below: below === null ? null : moneyOf(below),
        count,
      })),
};
