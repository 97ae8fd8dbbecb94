import type { OrderItemResolvers } from '../../../generated/resolvers/cart.ts';
import { moneyOf } from '../../kit/money.ts';

export const OrderItem: OrderItemResolvers = {
  product: ({ productId }) => ({ id: productId }),
  price: ({ price, currencyCode }) => moneyOf({ minorUnits: price, currencyCode }),
};
