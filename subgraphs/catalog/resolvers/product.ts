import type { ProductResolvers } from '../../../generated/resolvers/catalog.ts';
import { isId } from '../../kit/ids.ts';
import { moneyOf } from '../../kit/money.ts';

export const Product: ProductResolvers = {
  __resolveReference: ({ id }, { loaders }) =>
    isId('product', id) ? loaders.product.load(id) : null,
  price: ({ price }) => (price === null ? null : moneyOf(price)),
  category: async ({ id, categoryId }, _args, { categories }) => {
    if (categoryId === null) return null;
    const category = (await categories.treeWith(categoryId)).byId(categoryId);
    if (category === null) throw new Error(`The category of ${id} has gone.`);
    return category;
  },
  seller: ({ sellerId }) => ({ id: sellerId }),
};
