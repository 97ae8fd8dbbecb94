import { graphqlResult } from '../transport/result.ts';
import type { SubgraphAnswer, SubgraphResult } from './call.ts';
import { countRows, type ReadRows, type Rows } from './rows.ts';

/** What a subgraph said: as rows where something of it is spliced. */
export type ReadAnswer = SubgraphResult | RowsOfAnswer;

export interface RowsOfAnswer {
  readonly rows: Rows;
  /** The row of each representation, by its number; null where they are the same. */
  readonly places: readonly number[] | null;
}

/**
 * Reads what a subgraph said.
 *
 * @param read reads what can be spliced; null where nothing can be
 * @param asked how many rows there must be
 * @throws SubgraphFailure where a text is no GraphQL result
 */
export const readAnswer = (
  answer: SubgraphAnswer,
  read: ReadRows | null,
  asked: number,
): ReadAnswer => {
  if (typeof answer !== 'string') return answer;
  const rows = read?.(answer) ?? null;
  if (rows !== null && countRows(rows) === asked) return { rows, places: null };
  return graphqlResult(200, answer);
};
