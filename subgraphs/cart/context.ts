import { type Caller, scopesOf, userIdOf, type Viewer } from '../../contract/viewer.ts';
import type { ChangeFeed } from '../kit/change-feed.ts';
import type { CheckoutServices } from './checkout.ts';
import type { Actor } from './fulfilment.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Store } from './store.ts';
import type { AccountStore } from './store-accounts.ts';
import type { OrderReader } from './store-orders.ts';
import type { ShipmentStore } from './store-shipments.ts';

/** What all requests share. */
interface Shared {
  readonly store: Store;
  readonly orders: OrderReader;
  readonly shipments: ShipmentStore;
  readonly accounts: AccountStore;
  /** What a checkout needs. */
  readonly checkouts: CheckoutServices;
  /** Tells whose cart changes: a user's by the user's id, a guest's by its own. */
  readonly changes: ChangeFeed;
}

/** What the resolvers of one request share. */
export interface Context extends Shared, Actor {
  readonly viewer: Viewer;
  readonly loaders: Loaders;
}

export const createContext = (shared: Shared, { viewer }: Caller): Context => ({
  ...shared,
  viewer,
  viewerId: userIdOf(viewer),
  isAdmin: viewer.kind === 'user' && scopesOf(viewer).includes('admin'),
  loaders: createLoaders(shared.store, shared.shipments),
});
