import type { HoldProblemResolvers } from '../../../generated/resolvers/catalog.ts';
import { moneyOf } from '../../kit/money.ts';

export const HoldProblem: HoldProblemResolvers = {
  price: ({ price }) => (price === null ? null : moneyOf(price)),
};
