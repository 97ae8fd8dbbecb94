/** What is kept under a key. */
export interface Kept {
  /** JSON text. */
  readonly text: string;
  /** When it was asked for, in milliseconds since 1970. */
  readonly askedAtMs: number;
  /** Of each of its tags, in order, the version that was current then. */
  readonly versions: readonly string[];
}

/** What was found. */
export interface Read {
  /** By key, in order; null where nothing is kept. */
  readonly kept: readonly (Kept | null)[];
  /** By tag, in order. A tag that had none has got one: none is ever good for what is older. */
  readonly versions: readonly string[];
}

/**
 * Where answers are kept. Each tag has a version, and gets a new one when it is invalidated. What is kept
 * knows the versions from before it was asked for, and is good only while they are current: so what was
 * under way when a tag was invalidated is never served after it, in whatever order things come. Nor is
 * what is kept when the version of its tag was lost.
 */
export interface CacheStore {
  /** Null where the store is away: then nothing is known, and nothing can be kept. */
  readonly read: (keys: readonly string[], tags: readonly string[]) => Promise<Read | null>;
  /** Keeps it for so long, if there is room. Nobody waits for it. */
  readonly write: (key: string, kept: Kept, ttlMs: number) => void;
  /**
   * When it resolves, nothing with one of the tags is good any more that was asked for before.
   *
   * @throws Error where the store is away
   */
  readonly invalidate: (tags: readonly string[]) => Promise<void>;
}
