import { LRUCache } from 'lru-cache';
import type { CacheStore, Kept } from './store.ts';

/** What an entry weighs beside its texts, in bytes. */
const OVERHEAD = 200;

const MAX_TAGS = 1_000_000;

/** A store in this process; the entries that were used least recently go. */
export const createMemoryStore = (maxBytes: number): CacheStore => {
  const entries = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    sizeCalculation: ({ text }, key) => OVERHEAD + 2 * (text.length + key.length),
  });
  const versions = new LRUCache<string, string>({ max: MAX_TAGS });
  let given = 0;
  const renew = (tag: string): string => {
    given += 1;
    const version = String(given);
    versions.set(tag, version);
    return version;
  };
  return {
    read: async (keys, tags) => ({
      kept: keys.map((key) => entries.get(key) ?? null),
      versions: tags.map((tag) => versions.get(tag) ?? renew(tag)),
    }),
    write: (key, kept, ttl) => void entries.set(key, kept, { ttl }),
    invalidate: async (tags) => {
      for (const tag of tags) renew(tag);
    },
  };
};
