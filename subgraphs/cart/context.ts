import type { Caller } from '../../contract/viewer.ts';
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
  viewerId: viewer.kind === 'user' ? viewer.id : null,
  loaders: createLoaders(store),
  store,
});
