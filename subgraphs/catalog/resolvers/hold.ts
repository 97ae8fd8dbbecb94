import type { HoldResolvers } from '../../../generated/resolvers/catalog.ts';
import { moneyOf } from '../../kit/money.ts';

export const Hold: HoldResolvers = {
  fence: ({ fence }) => String(fence),
  price: ({ price }) => moneyOf(price),
};
