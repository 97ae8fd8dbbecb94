import type { Identified } from '../exchange.ts';
import { clientOf } from '../rates/client.ts';
import type { Rates } from '../rates/rates.ts';

/** What the stage needs of the router. */
export interface Admitting {
  readonly rates: Pick<Rates, 'viewerRequests' | 'addressRequests'>;
}

/**
 * Counts the request among those of its viewer, or of a guest's address. Services may ask as often as they
 * have to.
 *
 * @returns what it was given, at once where there is no limit
 * @throws Refusal RATE_LIMITED where there were too many in this minute
 */
export const admit = (
  identified: Identified,
  { rates }: Admitting,
): Identified | Promise<Identified> => {
  const { caller } = identified;
  if (caller.viewer.kind === 'service') return identified;
  const rate = caller.viewer.kind === 'user' ? rates.viewerRequests : rates.addressRequests;
  if (rate === null) return identified;
  return rate.take(clientOf(caller), 1).then(() => identified);
};
