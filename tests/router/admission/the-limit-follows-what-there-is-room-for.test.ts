import { describe, expect, test } from 'vitest';
import { createConcurrencyLimit } from '../../../router/admission/limit.ts';
import { createUsualTimes } from '../../../router/admission/usual-times.ts';

/**
 * A service that does so many requests at once as fast as ever, and where there are more, each slower;
 * always as many ask as are let in.
 */
const BOUNDS = { min: 16, minIdle: 64, start: 256, max: 1_000 };

const settle = (room: number, limit = createConcurrencyLimit(BOUNDS), isBusy = true) => {
  for (let request = 0; request < 20_000; request += 1) {
    const inFlight = limit.current();
    limit.learn(Math.max(1, inFlight / room), inFlight, isBusy);
  }
  return limit;
};

test.each([20, 100, 400])(
  'with room for %i it lets in that many, and not many times more',
  (room) => {
    const { current } = settle(room);
    expect(current()).toBeGreaterThanOrEqual(room);
    expect(current()).toBeLessThan(4 * room);
  },
);

test('it follows when there is less room, and when there is more again', () => {
  const limit = settle(400);
  const before = limit.current();
  settle(30, limit);
  expect(limit.current()).toBeLessThan(before / 3);
  settle(400, limit);
  expect(limit.current()).toBeGreaterThan(before / 2);
});

test('it stays within its bounds', () => {
  expect(settle(1).current()).toBe(16);
  expect(settle(1_000_000).current()).toBe(1_000);
});

test('while the process has time it does not fall so low: then a service is slow', () => {
  expect(settle(20, createConcurrencyLimit(BOUNDS), false).current()).toBe(64);
});

test('where few ask, slow answers change nothing', () => {
  const limit = createConcurrencyLimit(BOUNDS);
  const before = limit.current();
  for (let request = 0; request < 1_000; request += 1) limit.learn(50, 3, true);
  expect(limit.current()).toBe(before);
});

describe('what is usual', () => {
  test('is learnt for each operation', () => {
    const times = createUsualTimes();
    expect(times.learn('short', 10)).toBe(1);
    expect(times.learn('long', 500)).toBe(1);
    expect(times.learn('short', 30)).toBe(3);
    expect(times.learn('long', 500)).toBe(1);
  });

  test('falls at once, and rises slowly', () => {
    const times = createUsualTimes();
    times.learn('one', 100);
    for (let time = 0; time < 20; time += 1) times.learn('one', 10);
    expect(times.learn('one', 10)).toBeLessThan(1.1);
    for (let time = 0; time < 100; time += 1) times.learn('one', 100);
    expect(times.learn('one', 100)).toBeGreaterThan(2);
  });
});
