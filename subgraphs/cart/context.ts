import { type Caller, userIdOf } from '../../contract/viewer.ts';
import type { ChangeFeed } from '../kit/change-feed.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Store } from './store.ts';

/** What all requests share. */
interface Shared {
  readonly store: Store;
  /** Tells whose cart changes: a user's by the user's id, a guest's by its own. */
  readonly changes: ChangeFeed;
}

/** What the resolvers of one request share. */
export interface Context extends Shared {
  /** Null for a guest. */
  readonly viewerId: string | null;
  readonly loaders: Loaders;
}

export const createContext = (shared: Shared, { viewer }: Caller): Context => ({
  ...shared,
  viewerId: userIdOf(viewer),
  loaders: createLoaders(shared.store),
});
