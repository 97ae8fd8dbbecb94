import type { EngineResult } from '../kit/engine.ts';

/** What must be the same of two answers: data to the letter, and where which errors are. */
export const comparable = ({ data, errors = [] }: EngineResult): Comparable => ({
  data: JSON.stringify(data),
  errors: errors
    .map(({ path = [], extensions }) =>
      JSON.stringify([path, extensions?.['code'], extensions?.['service']]),
    )
    .sort(),
});

export interface Comparable {
  readonly data: string | undefined;
  /** Path, code and subgraph of each, sorted. */
  readonly errors: readonly string[];
}
