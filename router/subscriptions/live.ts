import type { Caller } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';
import type { Identified, Results } from '../exchange.ts';
import { clientOf } from '../rates/client.ts';
import { refusal } from '../refusal.ts';
import { createFeed, type EndableFeed, type Feed } from './feed.ts';
import { createPlaces, type PlaceLimits } from './places.ts';

/** Results as the front delivers them: what streams can be ended from both sides. */
export type LiveResults =
  | Extract<Results, { readonly kind: 'single' }>
  | { readonly kind: 'incremental'; readonly first: string; readonly rest: Feed }
  | { readonly kind: 'events'; readonly events: Feed };

export interface LiveSettings extends PlaceLimits {
  /** How many events are held for a client that does not read them. */
  readonly maxQueuedEvents: number;
}

/** What is being streamed to clients: subscriptions, within their limits, and deferred answers. */
export interface Live {
  /**
   * Runs an operation. A subscription takes a place before it runs, and holds it until its client
   * has read the end, or is gone; it ends with the token of whoever asked for it.
   *
   * @param kind what `run` is going to give
   * @throws Refusal where there is no place left, and whatever `run` throws
   */
  readonly hold: (
    kind: Results['kind'],
    asker: Asker,
    run: () => Promise<Results>,
  ) => Promise<LiveResults>;
  /** Takes no more subscriptions, and ends those that are live with SHUTTING_DOWN. */
  readonly endSubscriptions: () => void;
  /** Ends deferred answers that are still under way with SHUTTING_DOWN. */
  readonly endDeferred: () => void;
}

/** Whoever asked, and until when they are known to be who they are. */
export type Asker = Pick<Identified, 'caller' | 'validUntil'>;

export const createLive = (settings: LiveSettings, log: Logger): Live => {
  const places = createPlaces(settings);
  const subscriptions = new Set<EndableFeed>();
  const deferred = new Set<EndableFeed>();
  let stopping = false;

  const follow = (
    feeds: Set<EndableFeed>,
    source: AsyncIterable<string>,
    capacity: number,
    onSettled: () => void = () => {},
  ): EndableFeed => {
    const feed = createFeed(source, {
      capacity,
      log,
      onSettled: () => {
        feeds.delete(feed);
        onSettled();
      },
    });
    feeds.add(feed);
    return feed;
  };

  const followed = (results: Results, { validUntil }: Asker, giveBack: () => void): LiveResults => {
    if (results.kind === 'events') {
      const events = follow(subscriptions, results.events, settings.maxQueuedEvents, () => {
        clearTimeout(expiry);
        giveBack();
      });
      const expiry = at(validUntil, () => events.end(EXPIRED));
      // The router may have begun to stop while the source was being opened.
      if (stopping) events.end(refusal('SHUTTING_DOWN'));
      return { kind: 'events', events };
    }
    giveBack();
    if (results.kind === 'single') return results;
    // A deferred answer is as large as the same answer in one piece, which nobody counts either.
    const rest = follow(deferred, results.rest, Number.POSITIVE_INFINITY);
    return { kind: 'incremental', first: results.first, rest };
  };

  const takePlace = (caller: Caller): (() => void) => {
    if (stopping) throw refusal('SHUTTING_DOWN');
    return places.take(clientOf(caller));
  };

  return {
    hold: async (kind, asker, run) => {
      const giveBack = kind === 'events' ? takePlace(asker.caller) : () => {};
      try {
        return followed(await run(), asker, giveBack);
      } catch (error) {
        giveBack();
        throw error;
      }
    },
    endSubscriptions: () => {
      stopping = true;
      for (const feed of subscriptions) feed.end(refusal('SHUTTING_DOWN'));
    },
    endDeferred: () => {
      for (const feed of deferred) feed.end(refusal('SHUTTING_DOWN'));
    },
  };
};

const EXPIRED = refusal(
  'UNAUTHENTICATED',
  'The access token has expired: refresh it, and subscribe again.',
);

/** The longest that a timer can wait, in milliseconds; whatever is later never comes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const at = (time: number | null, run: () => void): NodeJS.Timeout | undefined => {
  if (time === null || time - Date.now() > LONGEST_TIMER_MS) return undefined;
  return setTimeout(run, time - Date.now());
};
