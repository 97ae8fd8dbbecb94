import { type Caller, userIdOf } from '../../contract/viewer.ts';
import { type Budget, createBudget } from '../kit/budget.ts';
import type { CategoryCache } from './categories.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Store } from './store.ts';

/** A hundred full pages. */
const MAX_ITEMS = 10_000;

/** What the resolvers of one request share. */
export interface Context {
  /** Null for a guest. */
  readonly viewerId: string | null;
  readonly categories: CategoryCache;
  readonly loaders: Loaders;
  /** Items that all lists of the request may give. */
  readonly budget: Budget;
  readonly store: Store;
}

export const createContext = (
  store: Store,
  categories: CategoryCache,
  { viewer }: Caller,
): Context => ({
  viewerId: userIdOf(viewer),
  categories,
  loaders: createLoaders(store),
  budget: createBudget(MAX_ITEMS),
  store,
});
