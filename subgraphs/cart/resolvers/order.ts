import type { OrderResolvers } from '../../../generated/resolvers/cart.ts';
import { moneyOf } from '../../kit/money.ts';
import type { Order as OrderRecord } from '../orders.ts';
import { statusOf, totalOf } from '../orders.ts';

const money = ({ currencyCode }: OrderRecord, minorUnits: bigint) =>
  moneyOf({ minorUnits, currencyCode });

export const Order: OrderResolvers = {
  status: ({ state }) => statusOf(state),
  isPending: ({ state }) => statusOf(state) === 'PENDING',
  items: ({ items, currencyCode }) => items.map((item) => ({ ...item, currencyCode })),
  shipments: ({ id }, _args, { loaders }) => loaders.shipmentsOfOrder.load(id),
  itemsTotal: (order) => money(order, order.itemsTotal),
  shippingTotal: (order) =>
    order.shippingTotal === null ? null : money(order, order.shippingTotal),
  total: (order) => {
    const total = totalOf(order);
    return total === null ? null : money(order, total);
  },
  refundedTotal: (order) => money(order, order.refundedTotal),
  placedAt: ({ createdAt }) => createdAt,
};
