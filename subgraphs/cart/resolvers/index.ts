import type { Resolvers } from '../../../generated/resolvers/cart.ts';
import { Cart } from './cart.ts';
import { CartLine } from './cart-line.ts';
import { CheckoutError } from './checkout-error.ts';
import { Mutation } from './mutation.ts';
import { Order } from './order.ts';
import { OrderItem } from './order-item.ts';
import { Query } from './query.ts';
import { Refund } from './refund.ts';
import { Shipment } from './shipment.ts';
import { Subscription } from './subscription.ts';

export const resolvers: Resolvers = {
  Cart,
  CartLine,
  CheckoutError,
  Mutation,
  Order,
  OrderItem,
  Query,
  Refund,
  Shipment,
  Subscription,
};
