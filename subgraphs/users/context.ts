import { type Caller, userIdOf } from '../../contract/viewer.ts';
import type { UsersStore } from './actions.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { UsersReader } from './store.ts';

/** What the resolvers of one request share. */
export interface Context {
  /** Null for a guest. */
  readonly viewerId: string | null;
  readonly loaders: Loaders;
  readonly store: UsersStore;
}

export const createContext = (store: UsersStore & UsersReader, { viewer }: Caller): Context => ({
  viewerId: userIdOf(viewer),
  loaders: createLoaders(store),
  store,
});
