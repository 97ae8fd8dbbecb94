import type { Caller, Viewer } from '../../contract/viewer.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Store } from './store.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly viewer: Viewer;
  readonly loaders: Loaders;
  readonly store: Store;
}

export const createContext = (store: Store, { viewer }: Caller): Context => ({
  viewer,
  loaders: createLoaders(store),
  store,
});
