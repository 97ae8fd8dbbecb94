import type { CartLineResolvers } from '../../../generated/resolvers/cart.ts';
import { moneyOf } from '../../kit/money.ts';
import { lineTotal } from '../offers.ts';
import { type LineReference, lineAt } from '../references.ts';
import { warningsOf } from '../warnings.ts';

export const CartLine: CartLineResolvers = {
  __resolveReference: (reference, { loaders, viewerId }) =>
    // The generated type is of one set of required fields or another; `offerOf` looks which.
    lineAt(loaders, viewerId, reference as LineReference),
  product: ({ productId }) => ({ id: productId }),
  priceSeen: ({ priceSeen }) => (priceSeen === null ? null : moneyOf(priceSeen)),
  total: ({ offer, ...line }) => (offer == null ? null : moneyOf(lineTotal(line, offer))),
  warnings: ({ offer, ...line }) => (offer == null ? null : warningsOf(line, offer)),
};
