import { type Caller, userIdOf } from '../../contract/viewer.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Store } from './store.ts';

/** What the resolvers of one request share. */
export interface Context {
  /** Null for a guest. */
  readonly viewerId: string | null;
  readonly loaders: Loaders;
  readonly store: Store;
}

export const createContext = (store: Store, { viewer }: Caller): Context => ({
  viewerId: userIdOf(viewer),
  loaders: createLoaders(store),
  store,
});
