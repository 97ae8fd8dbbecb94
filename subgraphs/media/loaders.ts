import type DataLoader from 'dataloader';
import { listLoader, recordLoader } from '../kit/batch.ts';
import type { MediaItem } from './media.ts';
import type { Store } from './store.ts';

/** One set a request. */
export interface Loaders {
  readonly media: DataLoader<string, MediaItem | null>;
  /** What an item shows, the cover first. */
  readonly ofProduct: DataLoader<string, readonly MediaItem[]>;
  /** What a person shows, their picture first. */
  readonly ofUser: DataLoader<string, readonly MediaItem[]>;
}

export const createLoaders = (store: Store): Loaders => ({
  media: recordLoader(store.byIds, ({ id }) => id),
  ofProduct: listLoader(
    (ids) => store.shownBy('PRODUCT', ids),
    ({ ownerId }) => ownerId,
  ),
  ofUser: listLoader(
    (ids) => store.shownBy('USER', ids),
    ({ ownerId }) => ownerId,
  ),
});
