import type { Logger } from '../../process/log.ts';
import type { StreamEnd } from '../exchange.ts';
import { type Refusal, refusal, toRefusal } from '../refusal.ts';

/** Results on their way from a source to one client; to be read once. */
export interface Feed extends AsyncIterable<string> {
  /** Gives up the source, and what is held, at once: the client is gone. */
  readonly cancel: () => void;
  /** Resolves when the client has read everything, or is gone. */
  readonly settled: Promise<StreamEnd>;
}

/** A feed that the router can end with a reason, which the client reads in place of what is held. */
export interface EndableFeed extends Feed {
  readonly end: (reason: Refusal) => void;
}

interface FeedOptions {
  /** How many results are held for a client that does not read them yet. */
  readonly capacity: number;
  readonly log: Logger;
  /** Called once, when the client has read everything, or is gone. */
  readonly onSettled: () => void;
}

/**
 * How long a full feed waits for its client, in milliseconds, with the source held back. Many events
 * at once are not yet a slow client.
 */
const PATIENCE_MS = 1_000;

/**
 * Reads `source` ahead of the client, and holds at most `capacity` results. A client that leaves no
 * room for more loses the source and what is held, and reads SUBSCRIPTION_TOO_SLOW.
 *
 * This is no async generator, because one that waits for its source is told of `return` only after
 * the source has given something: here the source is told at once.
 */
export const createFeed = (
  source: AsyncIterable<string>,
  { capacity, log, onSettled }: FeedOptions,
): EndableFeed => {
  const iterator = source[Symbol.asyncIterator]();
  const held: string[] = [];
  let over = false;
  let settled = false;
  let reason: Refusal | null = null;
  let given = 0;
  let tell = (_end: StreamEnd): void => {};
  const told = new Promise<StreamEnd>((resolve) => {
    tell = resolve;
  });
  let wakeReader = (): void => {};
  let wakePump = (): void => {};

  const finish = (why: Refusal | null): void => {
    if (over) return;
    over = true;
    reason = why;
    wakeReader();
    wakePump();
  };

  const giveUp = (why: Refusal | null): void => {
    if (over) return;
    held.length = 0;
    finish(why);
    closeSource(iterator, log);
  };

  const settle = (hasLeft: boolean): void => {
    if (settled) return;
    settled = true;
    tell({ results: given, reason, hasLeft });
    onSettled();
  };

  const room = (): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), PATIENCE_MS);
      wakePump = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });

  const pump = async (): Promise<void> => {
    try {
      while (!over) {
        const { done, value } = await iterator.next();
        if (done === true) return finish(null);
        const fits = held.length < capacity || (await room());
        if (!fits)
          return giveUp(
            refusal('SUBSCRIPTION_TOO_SLOW', undefined, { limit: 'MAX_QUEUED_EVENTS' }),
          );
        if (over) return;
        held.push(value);
        wakeReader();
      }
    } catch (error) {
      // What a source says when it was given up is nobody's concern.
      if (!over) finish(toRefusal(error, log));
    }
  };

  const next = async (): Promise<IteratorResult<string, undefined>> => {
    while (held.length === 0 && !over) {
      await new Promise<void>((resolve) => {
        wakeReader = resolve;
      });
    }
    const value = held.shift();
    if (value !== undefined) {
      given += 1;
      wakePump();
      return { done: false, value };
    }
    settle(false);
    if (reason === null) return { done: true, value: undefined };
    const why = reason;
    reason = null;
    throw why;
  };

  const cancel = (): void => {
    giveUp(null);
    held.length = 0;
    reason = null;
    settle(true);
  };

  void pump();
  return {
    cancel,
    settled: told,
    end: giveUp,
    [Symbol.asyncIterator]: () => ({
      next,
      return: async () => {
        cancel();
        return { done: true, value: undefined };
      },
    }),
  };
};

const closeSource = (iterator: AsyncIterator<string>, log: Logger): void => {
  Promise.resolve(iterator.return?.()).catch((error: unknown) => {
    log.warn({ err: error }, 'a source could not be closed');
  });
};
