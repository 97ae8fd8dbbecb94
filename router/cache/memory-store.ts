import { LRUCache } from 'lru-cache';
import type { CacheStore, Kept } from './store.ts';

/** What an entry weighs beside its texts, in bytes. */
const OVERHEAD = 200;

/**
 * How long the version of a tag is remembered, in milliseconds: longer than anything is kept. What is
 * forgotten counts as never invalidated, which only what is older still could take for its own.
 */
const VERSION_TTL_MS = 2 * 24 * 60 * 60 * 1000;

/** A store in this process; the entries that were used least recently go. */
export const createMemoryStore = (maxBytes: number): CacheStore => {
  const entries = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    sizeCalculation: ({ text }, key) => OVERHEAD + 2 * (text.length + key.length),
  });
  const versions = new LRUCache<string, number>({ max: 1_000_000, ttl: VERSION_TTL_MS });
  return {
    read: async (keys, tags) => ({
      kept: keys.map((key) => entries.get(key) ?? null),
      versions: tags.map((tag) => versions.get(tag) ?? 0),
    }),
    write: (key, kept, ttl) => void entries.set(key, kept, { ttl }),
    invalidate: async (tags) => {
      for (const tag of tags) versions.set(tag, (versions.get(tag) ?? 0) + 1);
    },
    close: async () => {
      entries.clear();
    },
  };
};
