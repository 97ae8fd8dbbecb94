import type { CartLineResolvers } from '../../../generated/resolvers/cart.ts';
import { moneyOf } from '../../kit/money.ts';
import type { Price } from '../carts.ts';
import { lineTotal } from '../offers.ts';
import { type LineReference, lineAt } from '../references.ts';
import { warningsOf } from '../warnings.ts';

export const CartLine: CartLineResolvers = {
  __resolveReference: (reference, { loaders, viewerId }) =>
    // The generated type is of one set of required fields or another; `offerOf` looks which.
    lineAt(loaders, viewerId, reference as LineReference),
  product: ({ productId }) => ({ id: productId }),
  priceSeen: ({ priceSeen }) => (priceSeen === null ? null : money(priceSeen)),
  total: ({ offer, ...line }) => (offer == null ? null : money(lineTotal(line, offer))),
  warnings: ({ offer, ...line }) => (offer == null ? null : warningsOf(line, offer)),
};

const money = ({ minorUnits, currencyCode }: Price) => moneyOf(minorUnits, currencyCode);
