import { type Caller, userIdOf, type Viewer } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';
import type { Links } from './links.ts';
import type { ListingStore } from './listing-store.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { MediaItem } from './media.ts';
import type { Store } from './store.ts';
import type { Workshop } from './uploads/complete.ts';

/** What all requests share. */
interface Shared {
  readonly store: Store;
  readonly listings: ListingStore;
  readonly workshop: Workshop;
  readonly links: Links;
  /** Where clients reach the router. */
  readonly publicUrl: string;
  readonly log: Logger;
}

/** What the resolvers of one request share. */
export interface Context extends Shared {
  readonly viewer: Viewer;
  /** Null for a guest, and for a service. */
  readonly viewerId: string | null;
  readonly loaders: Loaders;
  /** The whole address of a path of this item: signed, where it is not for everyone. */
  readonly urlOf: (item: MediaItem, path: string) => string;
}

export const createContext = (shared: Shared, { viewer }: Caller): Context => {
  const viewerId = userIdOf(viewer);
  const { links, publicUrl, store } = shared;
  return {
    ...shared,
    viewer,
    viewerId,
    loaders: createLoaders(store, viewerId),
    urlOf: ({ id, isPublic, signedUntil }, path) =>
      `${publicUrl}${isPublic ? path : links.privatePath(id, signedUntil, path)}`,
  };
};
