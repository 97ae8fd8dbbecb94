import type { Caller, Viewer } from '../../contract/viewer.ts';
import type { FactStore } from './facts-store.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Store } from './store.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly viewer: Viewer;
  readonly loaders: Loaders;
  readonly store: Store;
  readonly facts: FactStore;
}

export const createContext = (
  stores: { readonly store: Store; readonly facts: FactStore },
  { viewer }: Caller,
): Context => ({ ...stores, viewer, loaders: createLoaders(stores.store) });
