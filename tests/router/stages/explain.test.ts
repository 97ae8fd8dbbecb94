import { expect, test } from 'vitest';
import { NO_EXTENSIONS, type Prepared } from '../../../router/exchange.ts';
import type { Trail } from '../../../router/observe/trail.ts';
import { explain } from '../../../router/stages/explain.ts';

const prepared = (kind: Prepared['kind']): Prepared =>
  // The stage reads no more of it.
  ({ kind, extensions: NO_EXTENSIONS }) as unknown as Prepared;

const trail = (isExplained: boolean): Trail => ({ isExplained }) as unknown as Trail;

test('an answer says how it came about where its client asks', () => {
  const asked = prepared('single');
  expect(Object.keys(explain(asked, trail(true)).extensions)).toEqual(['explain']);
  expect(explain(asked, trail(false))).toBe(asked);
});

test('events are not explained, each of which has a way of its own', () => {
  const asked = prepared('events');
  expect(explain(asked, trail(true))).toBe(asked);
});
