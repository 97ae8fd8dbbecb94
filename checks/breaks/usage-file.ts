import { readFileSync } from 'node:fs';
import { CheckFailure } from '../failure.ts';

/** How often each coordinate was asked by clients that registered nothing. */
export type UsageCounts = ReadonlyMap<string, number>;

export const NO_USAGE: UsageCounts = new Map();

/**
 * Reads a usage file: JSON with how often each coordinate was asked, as logs or metrics tell.
 *
 *   { "Product.title": 120431, "Query.products.first": 5210, "Condition.NEW": 12 }
 *
 * @throws CheckFailure where it is something else
 */
export const readUsageFile = (file: string): UsageCounts => {
  const entries = Object.entries(Object(readJson(file)));
  return new Map(
    entries.map(([coordinate, count]) => {
      if (typeof count === 'number' && count >= 0) return [coordinate, count];
      throw new CheckFailure([
        `${file}: ${coordinate} is no number of times: write such as {"Product.title": 120}.`,
      ]);
    }),
  );
};

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CheckFailure([`${file} is no usage file: ${reason}`]);
  }
};
