import { setTimeout as pause } from 'node:timers/promises';
import type { SubgraphAnswer } from '../execution/call.ts';
import { type Ask, type Call, timeLeft } from './ask.ts';
import { type SubgraphFailure, subgraphFailure } from './failure.ts';
import type { RetryBudget } from './retry-budget.ts';

export interface RetrySettings {
  /** How often a call is tried again. */
  readonly subgraphRetries: number;
}

/**
 * Asks again what failed on the way: what was not brought to a replica at all, whatever it is; what may
 * have been done there only where doing it twice is doing it once. What is late is not asked again: its
 * time is over.
 */
export const retry =
  (next: Ask, { subgraphRetries }: RetrySettings, budget: RetryBudget): Ask =>
  (call) => {
    budget.earn();
    const again = async (error: unknown, tries: number): Promise<SubgraphAnswer> => {
      const failure = subgraphFailure(error);
      if (tries > subgraphRetries || !mayRetry(failure, call) || !budget.spend()) throw failure;
      await pause(waitMs(tries));
      if (timeLeft(call) <= 1 || call.asking.departure?.hasLeft() === true) throw failure;
      return next(call).catch((failed: unknown) => again(failed, tries + 1));
    };
    return next(call).catch((error: unknown) => again(error, 1));
  };

const mayRetry = ({ kind }: SubgraphFailure, { operation }: Call): boolean => {
  switch (kind) {
    case 'unreached':
      return true;
    case 'lost':
    case 'unusable':
      return operation.mayRepeat;
    case 'late':
    case 'unwanted':
      return false;
  }
};

/** At first at once, or nearly: most often another replica is asked. */
const FIRST_MS = 5;
const LONGEST_MS = 500;

/** By "full jitter" (Brooker, "Exponential Backoff And Jitter", 2015), in milliseconds. */
const waitMs = (tries: number): number =>
  Math.random() * Math.min(LONGEST_MS, FIRST_MS * 4 ** (tries - 1));
