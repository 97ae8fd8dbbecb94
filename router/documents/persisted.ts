import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/**
 * Documents that clients have sent once and name by their hash from then on: Apollo's automatic
 * persisted queries (https://www.apollographql.com/docs/apollo-server/performance/apq).
 */
export interface PersistedDocuments {
  readonly find: (hash: string) => string | undefined;
  /** @returns whether the hash is that of the text; only then it is kept */
  readonly keep: (hash: string, text: string) => boolean;
}

/** What a hash and the place in the table weigh, in bytes. */
const OVERHEAD = 300;

/** @param bytes how much they may weigh together; those used least recently go */
export const createPersistedDocuments = (bytes: number): PersistedDocuments => {
  const texts = new LRUCache<string, string>({
    maxSize: bytes,
    sizeCalculation: (text) => 2 * text.length + OVERHEAD,
  });
  return {
    find: (hash) => texts.get(hash),
    keep: (hash, text) => {
      // A text that is kept was looked at when it came.
      if (texts.get(hash) === text) return true;
      if (hashOf(text) !== hash) return false;
      texts.set(hash, text);
      return true;
    },
  };
};

/** SHA-256 of a document's text, in hexadecimal. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
