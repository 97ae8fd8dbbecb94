import type { RefundResolvers } from '../../../generated/resolvers/cart.ts';
import { moneyOf } from '../../kit/money.ts';

export const Refund: RefundResolvers = {
  amount: ({ amount, currencyCode }) => moneyOf({ minorUnits: amount, currencyCode }),
};
