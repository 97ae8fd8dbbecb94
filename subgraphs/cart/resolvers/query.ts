import type { QueryResolvers } from '../../../generated/resolvers/cart.ts';
import { openCart } from '../openings.ts';

export const Query: QueryResolvers = {
  cart: (_root, { token }, { store, viewerId }) => openCart(store, { token, viewerId }),
};
