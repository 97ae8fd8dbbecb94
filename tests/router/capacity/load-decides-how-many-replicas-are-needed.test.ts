import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMeter, type Sample } from '../../../router/capacity/meter.ts';
import { needOf, replicasFor } from '../../../router/capacity/need.ts';

const TARGET = 10;

const sample = (load: number, latencyMs: number | null = null): Sample => ({ load, latencyMs });
const loads = (...each: number[]): Sample[] => each.map((load) => sample(load));

describe('what is needed', () => {
  it.each<[string, readonly Sample[], number]>([
    ['nothing was asked', [], 0],
    ['the load is steady', loads(15, 15, 15), 1.5],
    ['the load has just begun', loads(0, 0, 30), 0],
    ['the load has lasted for two samples', loads(0, 30, 28), 2.8],
    ['there was one peak', loads(5, 90, 5, 5), 0.5],
    ['the load has gone, but not from the window', loads(30, 30, 0, 0), 3],
    ['answers take as long as usual', [sample(10, 20), sample(10, 25), sample(10, 30)], 1],
    [
      'answers take three times as long as usual',
      [sample(10, 20), sample(10, 20), sample(10, 20), sample(10, 60), sample(10, 60)],
      1.5,
    ],
    [
      'answers take for ever',
      [sample(10, 20), sample(10, 20), sample(10, 20), sample(10, 9e9), sample(10, 9e9)],
      2,
    ],
  ])('where %s', (_what, window, need) => {
    expect(needOf(window, TARGET)).toBeCloseTo(need);
  });

  it('never grows because less was asked', () => {
    const load = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(load, load)), (pairs) => {
        const less = pairs.map(([a, b]) => sample(Math.min(a, b)));
        const more = pairs.map(([a, b]) => sample(Math.max(a, b)));
        expect(needOf(less, TARGET)).toBeLessThanOrEqual(needOf(more, TARGET));
      }),
    );
  });
});

describe('how many there are', () => {
  it.each([
    ['one at least', 0, 1, 1],
    ['more as soon as they are needed', 2.01, 2, 3],
    ['as many as needed at once', 7.5, 1, 8],
    ['as many as before where the rest would have no room', 1.95, 3, 3],
    ['fewer where the rest has room', 1.85, 3, 2],
  ])('%s', (_what, need, current, replicas) => {
    expect(replicasFor(need, current)).toBe(replicas);
  });

  it('follows any load up at once, and down only once the window has nothing of it', () => {
    const WINDOW = 5;
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 60, noNaN: true })), (course) => {
        let replicas = 1;
        for (let n = 1; n <= course.length; n += 1) {
          const window = loads(...course.slice(Math.max(0, n - WINDOW), n));
          const next = replicasFor(needOf(window, TARGET), replicas);
          const [before = 0, now = 0] = [course[n - 2], course[n - 1]];
          expect(next * TARGET).toBeGreaterThanOrEqual(Math.min(before, now));
          if (next < replicas) expect(needOf(window, TARGET)).toBeLessThan(next);
          replicas = next;
        }
      }),
    );
  });
});

it('the load of a sample is its average over the time, whatever begins and ends in it', () => {
  let time = 0;
  const meter = createMeter(() => time);
  const first = meter.begin();
  time = 400;
  const download = meter.begin();
  expect(download).toBe(400);
  time = 500;
  meter.end(first);
  time = 1000;
  expect(meter.take()).toEqual({ load: 1.1, latencyMs: 500 });
  time = 2000;
  meter.end(null);
  expect(meter.take()).toEqual({ load: 1, latencyMs: null });
});
