import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { BusyError, createTurnstile } from '../../subgraphs/media/turnstile.ts';

/** Work that ends when it is told to. */
const startWork = () => {
  const ends: (() => void)[] = [];
  let underWay = 0;
  let most = 0;
  return {
    ends,
    most: () => most,
    work: async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise<void>((resolve) => ends.push(resolve));
      underWay -= 1;
    },
  };
};

test('no more than so many are under way, and all get their turn', async () => {
  const inTurn = createTurnstile(2, 100);
  const { ends, most, work } = startWork();
  const all = Promise.all(Array.from({ length: 7 }, () => inTurn(work)));
  for (let done = 0; done < 7; ) {
    await setImmediate();
    const end = ends.shift();
    if (end === undefined) continue;
    end();
    done += 1;
  }
  await all;
  expect(most()).toBe(2);
});

test('when too many wait, the next is refused; later there is room again', async () => {
  const inTurn = createTurnstile(1, 1);
  const { ends, work } = startWork();
  const running = inTurn(work);
  const waiting = inTurn(work);
  await expect(inTurn(work)).rejects.toThrow(BusyError);
  ends.shift()?.();
  await running;
  await setImmediate();
  ends.shift()?.();
  await waiting;
  await expect(inTurn(async () => 'done')).resolves.toBe('done');
});

test('work that fails gives its place back', async () => {
  const inTurn = createTurnstile(1, 1);
  await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(inTurn(async () => 'done')).resolves.toBe('done');
});
