import type DataLoader from 'dataloader';
import { listLoader, recordLoader } from '../kit/batch.ts';
import { isVisibleTo, type MediaItem } from './media.ts';
import type { Store } from './store.ts';

/** One set a request; they give nothing that its viewer may not know of. */
export interface Loaders {
  readonly media: DataLoader<string, MediaItem | null>;
  /** What an item shows, the cover first. */
  readonly ofProduct: DataLoader<string, readonly MediaItem[]>;
  /** What a person shows, their picture first. */
  readonly ofUser: DataLoader<string, readonly MediaItem[]>;
}

export const createLoaders = (store: Store, viewerId: string | null): Loaders => {
  const visible = async <Item extends MediaItem>(items: Promise<readonly Item[]>) =>
    (await items).filter((item) => isVisibleTo(item, viewerId));
  return {
    media: recordLoader(
      (ids) => visible(store.byIds(ids)),
      ({ id }) => id,
    ),
    ofProduct: listLoader(
      (ids) => visible(store.shownBy('PRODUCT', ids)),
      ({ ownerId }) => ownerId,
    ),
    ofUser: listLoader(
      (ids) => visible(store.shownBy('USER', ids)),
      ({ ownerId }) => ownerId,
    ),
  };
};
