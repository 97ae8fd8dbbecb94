import { watchBusyness } from './busyness.ts';
import { createConcurrencyLimit } from './limit.ts';
import { createUsualTimes } from './usual-times.ts';

/** What is refused first where there is too much: what only reads, and last what a service asks. */
export type Importance = 'query' | 'change' | 'service';

/** The requests that are under way. */
export interface Turns {
  /** Lets a request go on; null where too many are under way. */
  readonly take: (importance: Importance) => Turn | null;
  readonly inFlight: () => number;
  readonly limit: () => number;
}

/** One request that is under way. */
export interface Turn {
  /** It is over. @param operation what was asked, where that came to be known */
  readonly end: (operation: string | null) => void;
}

/**
 * How many times more may be under way than the limit says, for each to be let in still. Who pays must not be
 * kept waiting by those who look. What a service asks is mostly asked for a change that was let in and waits for
 * the answer: were both held to the same, changes that take all the room would wait for room that none of them
 * gives back. Each of them waits for one answer at a time, and what services ask for themselves needs room too.
 */
const ROOM: Readonly<Record<Importance, number>> = { query: 1, change: 3, service: 9 };

export interface TurnSettings {
  /** The most that may ever be under way; 0 for no limit at all. */
  readonly maxRequestsInFlight: number;
}

/** How many may be under way at first, and at the least; more while this process has time for them. */
const START = 64;
const MIN = 16;
const MIN_IDLE = 64;

export const createTurns = ({ maxRequestsInFlight: max }: TurnSettings): Turns => {
  const limit = createConcurrencyLimit({
    min: Math.min(MIN, max),
    minIdle: Math.min(MIN_IDLE, max),
    start: Math.min(START, max),
    max,
  });
  const isBusy = watchBusyness();
  const times = createUsualTimes();
  let inFlight = 0;

  const begin = (): Turn => {
    const startedMs = performance.now();
    inFlight += 1;
    return {
      end: (operation) => {
        if (operation !== null) {
          const slowness = times.learn(operation, performance.now() - startedMs);
          limit.learn(slowness, inFlight, isBusy());
        }
        inFlight -= 1;
      },
    };
  };

  return {
    take: (importance) => {
      if (max === 0) return begin();
      return inFlight < limit.current() * ROOM[importance] ? begin() : null;
    },
    inFlight: () => inFlight,
    limit: limit.current,
  };
};
