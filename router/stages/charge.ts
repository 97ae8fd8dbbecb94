import type { Priced } from '../exchange.ts';
import { clientOf } from '../rates/client.ts';
import type { Rates } from '../rates/rates.ts';

/** What the stage needs of the router. */
export interface Charging {
  readonly rates: Pick<Rates, 'costs'>;
}

/** What Redis counts with has no more digits. */
const DEAREST = 1e15;

/**
 * Takes what the operation is expected to cost from what its client may spend a minute. Nothing is given back
 * where less came: to measure an answer costs about as much as to print it, and a client can tell an
 * estimate beforehand.
 *
 * @returns what it was given, at once where there is no limit
 * @throws Refusal RATE_LIMITED where all is spent
 */
export const charge = (priced: Priced, { rates }: Charging): Priced | Promise<Priced> => {
  if (rates.costs === null || priced.cost === 0) return priced;
  const points = Math.ceil(Math.min(priced.cost, DEAREST));
  return rates.costs.take(clientOf(priced.caller), points).then(() => priced);
};
