import { recordLoader } from '../kit/batch.ts';
import type { CartReader } from './store.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The batches of one request. */
export const createLoaders = (store: CartReader) => ({
  cartById: recordLoader(store.cartsById, (cart) => cart.id),
  lineById: recordLoader(store.linesById, ({ line }) => line.id),
});
