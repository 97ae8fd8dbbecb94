import { listLoader, recordLoader } from '../kit/batch.ts';
import type { CartReader } from './store.ts';
import type { ShipmentReader } from './store-shipments.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The batches of one request. */
export const createLoaders = (store: CartReader, shipments: ShipmentReader) => ({
  cartById: recordLoader(store.cartsById, (cart) => cart.id),
  lineById: recordLoader(store.linesById, ({ line }) => line.id),
  shipmentsOfOrder: listLoader(shipments.shipmentsOf, ({ orderId }) => orderId),
});
