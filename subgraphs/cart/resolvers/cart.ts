import type { CartResolvers } from '../../../generated/resolvers/cart.ts';
import { moneyOf } from '../../kit/money.ts';
import { totalsOf } from '../offers.ts';
import { type CartReference, cartAt } from '../references.ts';

export const Cart: CartResolvers = {
  __resolveReference: (reference, { loaders, viewerId }) =>
    // The generated type picks the required fields from the list instead of from its elements.
    cartAt(loaders, viewerId, reference as unknown as CartReference),
  totalQuantity: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
  totals: ({ lines, offers }) =>
    offers === undefined ? null : (totalsOf(lines, offers)?.map(moneyOf) ?? null),
};
