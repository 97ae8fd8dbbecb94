import { createLoaders, type Loaders } from './loaders.ts';
import type { Store } from './store.ts';

/** What the resolvers of one request share. Pictures are for everyone, so it does not matter who asks. */
export interface Context {
  readonly loaders: Loaders;
  /** Where clients reach the router. */
  readonly publicUrl: string;
}

export const createContext = (store: Store, publicUrl: string): Context => ({
  loaders: createLoaders(store),
  publicUrl,
});
