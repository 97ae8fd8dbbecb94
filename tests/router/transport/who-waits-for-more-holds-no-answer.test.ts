import { expect, test } from 'vitest';
import { type Departure, departureOfAll } from '../../../router/execution/departure.ts';
import { share } from '../../../router/transport/share.ts';
import { ASKING, OPERATION } from './arrange.ts';

/** Who waits, and what listens for its leaving. */
const waiting = () => {
  const listeners = new Set<() => void>();
  const departure: Departure = {
    hasLeft: () => false,
    onLeave: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { departure, listeners };
};

const callOf = (departure: Departure | null) => {
  return {
    asking: { ...ASKING, departure, takesKept: true },
    operation: OPERATION,
    variables: '{}',
    deadlineMs: Number.POSITIVE_INFINITY,
    attempts: 0,
    lastReplica: null,
    source: 'subgraph' as const,
    traceparent: null,
  };
};

// A listener holds what it needs, and is held by the request, which may wait for other subgraphs: large
// answers that live so long cost 1.4 times the CPU, much of it for collecting them.
test.each([
  ['an answer', () => Promise.resolve('{"data":{}}'), 'fulfilled'],
  ['a failure', () => Promise.reject(new Error('down')), 'rejected'],
] as const)(
  'when there is %s, nobody who waited for it holds it any more',
  async (_, answer, status) => {
    const [one, two, three] = [waiting(), waiting(), waiting()];
    const ask = share(async ({ asking: { departure } }) => {
      departure?.onLeave(() => {});
      return answer();
    });
    const settled = await Promise.allSettled([
      ask(callOf(one.departure)),
      ask(callOf(departureOfAll([two.departure, three.departure]))),
    ]);
    expect(settled.map((each) => each.status)).toEqual([status, status]);
    expect([one, two, three].map(({ listeners }) => listeners.size)).toEqual([0, 0, 0]);
  },
);
