import type { ShipmentResolvers } from '../../../generated/resolvers/cart.ts';
import { moneyOf } from '../../kit/money.ts';
import type { Shipment as ShipmentRecord } from '../shipments.ts';

const money = ({ currencyCode }: ShipmentRecord, minorUnits: bigint) =>
  moneyOf({ minorUnits, currencyCode });

export const Shipment: ShipmentResolvers = {
  seller: ({ sellerId }) => ({ id: sellerId }),
  items: ({ items, currencyCode }) => items.map((item) => ({ ...item, currencyCode })),
  itemsTotal: (shipment) => money(shipment, shipment.itemsTotal),
  shippingTotal: (shipment) => money(shipment, shipment.shippingTotal),
  total: (shipment) => money(shipment, shipment.itemsTotal + shipment.shippingTotal),
  refundedTotal: (shipment) => money(shipment, shipment.refundedTotal),
};
