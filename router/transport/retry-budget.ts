/**
 * How much may be asked again. Where a subgraph fails everybody, asking everything again would double
 * the load that it fails under; so tries after the first are a tenth of all calls at most, but for a few
 * (as Finagle's RetryBudget and gRPC's retry throttling have it).
 */
export interface RetryBudget {
  /** A call was made. */
  readonly earn: () => void;
  /** Takes one more try; false where there is none left. */
  readonly spend: () => boolean;
}

const TRIES_PER_CALL = 0.1;

/** What may be spent at once, and is there at the start. */
const FULL = 20;

export const createRetryBudget = (): RetryBudget => {
  let tries = FULL;
  return {
    earn: () => {
      tries = Math.min(FULL, tries + TRIES_PER_CALL);
    },
    spend: () => {
      if (tries < 1) return false;
      tries -= 1;
      return true;
    },
  };
};
