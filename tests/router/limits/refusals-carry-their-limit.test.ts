import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { limitDocument } from '../../../router/limits/document-limits.ts';
import { limitInputValues } from '../../../router/limits/input-values.ts';
import { createRate } from '../../../router/rates/rate.ts';
import { Refusal } from '../../../router/refusal.ts';
import { readRouterSettings } from '../../../router/settings.ts';
import { createPlaces } from '../../../router/subscriptions/places.ts';

/** What is counted by a metric: the limit that a refusal was for. */
const limitOf = async (run: () => unknown): Promise<string | null> => {
  try {
    await run();
  } catch (error) {
    if (error instanceof Refusal) return error.limit;
    throw error;
  }
  throw new Error('it was let through');
};

const { documentLimits } = readRouterSettings({});
const repeated = (text: string, times: number) => parse(`{ a { ${text.repeat(times)} } }`);
const spent = async () => ({ taken: 11, msLeft: 1_000 });

test.each<[string, () => unknown]>([
  ['MAX_HEIGHT', () => limitDocument(documentLimits, repeated('a ', 1_001))],
  ['MAX_DIRECTIVES', () => limitDocument(documentLimits, repeated('a @b ', 101))],
  ['MAX_INPUT_VALUES', () => limitInputValues(2, { a: [1, 2] })],
  ['COST_PER_MINUTE', () => createRate('COST_PER_MINUTE', 10, 'points', spent).take('a', 1)],
  [
    'MAX_SUBSCRIPTIONS',
    () => createPlaces({ maxSubscriptions: 0, maxSubscriptionsPerViewer: 1 }).take('a'),
  ],
  [
    'MAX_SUBSCRIPTIONS_PER_VIEWER',
    () => createPlaces({ maxSubscriptions: 1, maxSubscriptionsPerViewer: 0 }).take('a'),
  ],
])('%s', async (limit, run) => {
  expect(await limitOf(run)).toBe(limit);
});
