/**
 * A circuit breaker (Nygard, "Release It!", 2007): where half of what was asked lately failed, nothing
 * is asked for a while; then one call finds out whether that has changed.
 */
export interface Breaker {
  /**
   * Whether a call may go out. While it is tried whether things are well again, one may.
   */
  readonly lets: () => boolean;
  readonly succeeded: () => void;
  readonly failed: () => void;
  /** A call that was let go ended without a word on how things are. */
  readonly ended: () => void;
  readonly state: () => BreakerState;
  /** Whether nothing failed lately, so that nothing would be lost with it. */
  readonly isCalm: () => boolean;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Over how long calls are counted, in milliseconds. */
const WINDOW_MS = 10_000;
/** Of fewer calls than that nothing is concluded. */
const MIN_CALLS = 5;
const MAX_FAILED_SHARE = 0.5;

/** How long nothing is asked, in milliseconds: twice as long each time, up to the longest. */
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 30_000;

/** @param now in milliseconds from any beginning */
export const createBreaker = (now: () => number = () => performance.now()): Breaker => {
  let windowStartMs = now();
  let calls = 0;
  let failures = 0;
  let trips = 0;
  /** 0 while closed. */
  let restsUntilMs = 0;
  let isProbed = false;

  const count = (failed: number): void => {
    if (now() - windowStartMs > WINDOW_MS) {
      windowStartMs = now();
      calls = 0;
      failures = 0;
    }
    calls += 1;
    failures += failed;
  };
  const trip = (): void => {
    restsUntilMs = now() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** trips);
    trips += 1;
  };
  const close = (): void => {
    restsUntilMs = 0;
    trips = 0;
    calls = 0;
    failures = 0;
  };
  const state = (): BreakerState => {
    if (restsUntilMs === 0) return 'closed';
    return restsUntilMs > now() ? 'open' : 'half-open';
  };

  return {
    lets: () => {
      switch (state()) {
        case 'closed':
          return true;
        case 'open':
          return false;
        case 'half-open': {
          const isFirst = !isProbed;
          isProbed = true;
          return isFirst;
        }
      }
    },
    succeeded: () => {
      if (restsUntilMs === 0) return count(0);
      // What was sent before it tripped says nothing of how things are now.
      if (!isProbed) return;
      isProbed = false;
      close();
    },
    failed: () => {
      if (restsUntilMs > 0) {
        if (!isProbed) return;
        isProbed = false;
        return trip();
      }
      count(1);
      if (calls >= MIN_CALLS && failures >= calls * MAX_FAILED_SHARE) trip();
    },
    ended: () => {
      isProbed = false;
    },
    state,
    isCalm: () => restsUntilMs === 0 && now() - windowStartMs > WINDOW_MS,
  };
};
