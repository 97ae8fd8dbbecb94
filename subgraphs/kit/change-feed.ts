import type { Logger } from '../../process/log.ts';
import { type Listening, listen } from './listening.ts';

/**
 * The keys that changed, asked for one at a time; `return` ends it at once, also while `next` waits.
 */
export interface Watch extends AsyncIterableIterator<string> {
  readonly return: () => Promise<IteratorResult<string>>;
}

/** Tells what changes in a database, whoever changes it and through whichever process. */
export interface ChangeFeed {
  /**
   * Tells which of these keys change, from the moment the promise resolves. A key that changes
   * several times before it is asked for comes once: what is to be told of it is read afterwards,
   * and says how it is then. So a watch never holds more than its keys.
   *
   * After a break of the connection all keys come, because any of them may have changed.
   *
   * @param current whether each key comes once at the beginning
   * @throws where the database cannot be reached
   */
  readonly watch: (keys: Iterable<string>, current: boolean) => Promise<Watch>;
  readonly close: () => Promise<void>;
}

/**
 * The changes that triggers of the database at `url` tell on `channel`, as keys with a space
 * between. Connects when the first watch begins.
 */
export const openChangeFeed = (url: string, channel: string, log: Logger): ChangeFeed => {
  const watches = new Map<string, Set<Pending>>();
  let listening: Listening | null = null;

  const tell = (keys: Iterable<string>): void => {
    for (const key of keys) {
      for (const pending of watches.get(key) ?? []) pending.add(key);
    }
  };
  const heard = {
    onPayload: (payload: string) => tell(payload.split(' ')),
    onGap: () => tell(watches.keys()),
  };

  return {
    watch: async (asked, current) => {
      const keys = new Set(asked);
      const pending = createPending(current ? keys : []);
      for (const key of keys) enter(watches, key, pending);
      const leave = (): void => {
        pending.end();
        for (const key of keys) remove(watches, key, pending);
      };
      listening ??= listen(url, channel, heard, log);
      try {
        await listening.begun();
      } catch (error) {
        leave();
        throw error;
      }
      return watchOf(pending, leave);
    },
    close: async () => {
      await listening?.close();
    },
  };
};

const enter = (watches: Map<string, Set<Pending>>, key: string, pending: Pending): void => {
  const others = watches.get(key);
  if (others === undefined) watches.set(key, new Set([pending]));
  else others.add(pending);
};

const remove = (watches: Map<string, Set<Pending>>, key: string, pending: Pending): void => {
  const others = watches.get(key);
  others?.delete(pending);
  if (others?.size === 0) watches.delete(key);
};

/** The keys that one watch has yet to tell. */
interface Pending {
  readonly add: (key: string) => void;
  /** The next key, as soon as there is one; undefined once it has ended. */
  readonly take: () => Promise<string | undefined>;
  readonly end: () => void;
}

const createPending = (first: Iterable<string>): Pending => {
  const keys = new Set(first);
  let ended = false;
  let wake = (): void => {};
  return {
    add: (key) => {
      keys.add(key);
      wake();
    },
    take: async () => {
      while (keys.size === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const [key] = keys;
      if (ended || key === undefined) return undefined;
      keys.delete(key);
      return key;
    },
    end: () => {
      ended = true;
      wake();
    },
  };
};

const OVER = { done: true, value: undefined } as const;

const watchOf = (pending: Pending, leave: () => void): Watch => ({
  next: async () => {
    const key = await pending.take();
    return key === undefined ? OVER : { done: false, value: key };
  },
  return: async () => {
    leave();
    return OVER;
  },
  [Symbol.asyncIterator]() {
    return this;
  },
});
