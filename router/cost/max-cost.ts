import type { SupergraphFacts } from '../supergraph/planner.ts';

/**
 * What an operation may cost where nobody says: a page of a hundred items with all that a list shows of them
 * costs a fourth of it; a hundred lists of a hundred are refused.
 */
export const DEFAULT_MAX_COST = 10_000;

/**
 * What an operation may cost; null where it may cost anything. A supergraph that says nothing of costs is not
 * limited unless someone says so: the sizes of its lists would be guesses.
 *
 * @param said the setting: 0 is no limit, null where it is not said
 */
export const maxCostOf = (
  said: number | null,
  { costs }: Pick<SupergraphFacts, 'costs'>,
): number | null => {
  if (said !== null) return said === 0 ? null : said;
  return costs === null ? null : DEFAULT_MAX_COST;
};
