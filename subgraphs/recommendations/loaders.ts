import DataLoader from 'dataloader';
import type { Related, RelatedRequest, Store } from './store.ts';

/** One set a request. */
export interface Loaders {
  /** The nearest neighbours of an item. */
  readonly related: DataLoader<RelatedRequest, readonly Related[], string>;
}

/** More than a page of items: one statement, whatever each of them asks for. */
const MAX_BATCH = 500;

export const createLoaders = (store: Pick<Store, 'related'>): Loaders => ({
  related: new DataLoader<RelatedRequest, readonly Related[], string>(
    async (requests) => {
      const lists = byProduct(await store.related(widest(requests)));
      return requests.map(({ productId, first }) => (lists.get(productId) ?? []).slice(0, first));
    },
    { maxBatchSize: MAX_BATCH, cacheKeyFn: ({ productId, first }) => `${first} ${productId}` },
  ),
});

/** Under two aliases an item may be asked for twice: once is enough, with the greater number. */
const widest = (requests: readonly RelatedRequest[]): readonly RelatedRequest[] => {
  const firsts = new Map<string, number>();
  for (const { productId, first } of requests) {
    firsts.set(productId, Math.max(first, firsts.get(productId) ?? 0));
  }
  return [...firsts].map(([productId, first]) => ({ productId, first }));
};

const byProduct = (rows: readonly Related[]): ReadonlyMap<string, readonly Related[]> => {
  const lists = new Map<string, Related[]>();
  for (const row of rows) {
    const list = lists.get(row.ofProductId);
    if (list === undefined) lists.set(row.ofProductId, [row]);
    else list.push(row);
  }
  return lists;
};
