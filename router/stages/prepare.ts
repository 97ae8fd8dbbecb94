import type { Prepared, Priced } from '../exchange.ts';
import { planOperation } from '../supergraph/prepare-operation.ts';

/**
 * Finds the prepared operation, or prepares it: decides what the viewer may see, plans, compiles.
 *
 * @throws Refusal where it cannot be planned.
 */
export const prepare = async (priced: Priced): Promise<Prepared> => {
  const prepared = await planOperation(priced.generation, priced.wanted, priced.asked);
  return { ...priced, prepared, kind: prepared.compiled.kind };
};
