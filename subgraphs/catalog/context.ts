import { type Caller, userIdOf, type Viewer } from '../../contract/viewer.ts';
import { type Budget, createBudget } from '../kit/budget.ts';
import type { ChangeFeed } from '../kit/change-feed.ts';
import type { CategoryCache } from './categories.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { CatalogSettings } from './settings.ts';
import type { Store } from './store.ts';

/** A hundred full pages. */
const MAX_ITEMS = 10_000;

/** What all requests share. */
interface Shared {
  readonly store: Store;
  readonly categories: CategoryCache;
  /** Tells the ids of items whose price or availability changes. */
  readonly changes: ChangeFeed;
  readonly settings: CatalogSettings;
}

/** What the resolvers of one request share. */
export interface Context extends Shared {
  readonly viewer: Viewer;
  /** Null for a guest, and for a service. */
  readonly viewerId: string | null;
  readonly loaders: Loaders;
  /** Items that all lists of the request may give. */
  readonly budget: Budget;
}

export const createContext = (shared: Shared, { viewer }: Caller): Context => {
  const viewerId = userIdOf(viewer);
  return {
    ...shared,
    viewer,
    viewerId,
    loaders: createLoaders(shared.store, viewerId),
    budget: createBudget(MAX_ITEMS),
  };
};
