import type { QueryResolvers } from '../../../generated/resolvers/cart.ts';
import { isId } from '../../kit/ids.ts';
import { pageRequest } from '../../kit/pages.ts';
import { latestFirst } from '../connections.ts';
import { openCart } from '../openings.ts';

export const Query: QueryResolvers = {
  cart: (_root, { token }, { store, viewerId }) => openCart(store, { token, viewerId }),

  order: async (_root, { id }, { orders, viewerId }) => {
    const order = viewerId !== null && isId('order', id) ? await orders.find(id) : null;
    return order?.buyerId === viewerId ? order : null;
  },

  myOrders: (_root, args, { orders, viewerId }) => {
    const request = pageRequest(args);
    if (viewerId === null) return null;
    return latestFirst('order', request, (cursor) => orders.ordersOf(viewerId, request, cursor));
  },

  mySales: (_root, args, { shipments, viewerId }) => {
    const request = pageRequest(args);
    if (viewerId === null) return null;
    return latestFirst('shipment', request, (cursor) =>
      shipments.salesOf(viewerId, request, cursor),
    );
  },
};
