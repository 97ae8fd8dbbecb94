import type { QueryResolvers } from '../../../generated/resolvers/cart.ts';
import { keyOf } from '../tokens.ts';

export const Query: QueryResolvers = {
  cart: (_root, { token }, { store, viewerId }) => {
    const key = keyOf(token, viewerId);
    return key === null || key === 'nothing' ? null : store.cartByKey(key);
  },
};
