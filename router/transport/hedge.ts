import type { SubgraphAnswer } from '../execution/call.ts';
import { createDeparture } from '../execution/departure.ts';
import type { Ask, Call } from './ask.ts';
import type { RetryBudget } from './retry-budget.ts';

export interface HedgeSettings {
  /** How long an answer may take before the same is asked once more, in milliseconds; 0 for ever. */
  readonly subgraphHedgeAfterMs: number;
}

/**
 * Asks a slow query once more, at another replica where there is one, takes whichever answers first and
 * gives up the other (Dean and Barroso, "The Tail at Scale", 2013). It spends the tries of retries: where
 * everything is slow, asking twice makes it slower.
 */
export const hedge = (
  next: Ask,
  { subgraphHedgeAfterMs: afterMs }: HedgeSettings,
  budget: RetryBudget,
): Ask => {
  if (afterMs === 0) return next;
  return (call) =>
    call.operation.kind === 'query' ? race(next, call, afterMs, budget) : next(call);
};

const race = (
  next: Ask,
  call: Call,
  afterMs: number,
  budget: RetryBudget,
): Promise<SubgraphAnswer> =>
  new Promise((resolve, reject) => {
    const departure = createDeparture();
    const forget = call.asking.departure?.onLeave(departure.leave);
    const asked = { ...call.asking, departure };
    let underWay = 0;

    const end = (): void => {
      clearTimeout(timer);
      forget?.();
      // The slower one, if it is still under way.
      departure.leave();
    };
    const begin = (one: Call): void => {
      underWay += 1;
      next(one).then(
        (answer) => {
          call.attempts = Math.max(call.attempts, one.attempts);
          end();
          resolve(answer);
        },
        (error: unknown) => {
          underWay -= 1;
          if (underWay > 0) return;
          end();
          reject(error);
        },
      );
    };
    const first = { ...call, asking: asked };
    const timer = setTimeout(() => {
      if (underWay > 0 && budget.spend()) begin({ ...first });
    }, afterMs);
    begin(first);
  });
