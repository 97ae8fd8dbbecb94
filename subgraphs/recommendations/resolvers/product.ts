import type { ProductResolvers } from '../../../generated/resolvers/recommendations.ts';
import type { Context } from '../context.ts';
import { checkedFirst } from './arguments.ts';

export const Product: ProductResolvers<Context> = {
  __resolveReference: ({ id }) => ({ id }),
  related: ({ id }, { first }, { loaders }) =>
    loaders.related.load({ productId: id, first: checkedFirst(first) }),
};
