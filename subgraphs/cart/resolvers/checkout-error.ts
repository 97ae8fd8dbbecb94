import type { CheckoutErrorResolvers } from '../../../generated/resolvers/cart.ts';
import { moneyOf } from '../../kit/money.ts';

export const CheckoutError: CheckoutErrorResolvers = {
  productId: ({ productId }) => productId ?? null,
  price: ({ price }) => (price == null ? null : moneyOf(price)),
  quantityAvailable: ({ quantityAvailable }) => quantityAvailable ?? null,
};
