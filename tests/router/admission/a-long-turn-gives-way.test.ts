import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { breathe } from '../../../router/admission/breath.ts';

/** Longer than a turn may take before it gives way. */
const takeLong = (): void => {
  breathe();
  const until = performance.now() + 2;
  while (performance.now() < until);
};

test('a turn that was short goes on', async () => {
  await nextTurn();
  expect(breathe()).toBeUndefined();
});

/** Lets so many go on after a long turn; gives the names in their order, and the turn in which each went on. */
const goOnAfterLong = async (names: readonly string[], work: () => void) => {
  await nextTurn();
  takeLong();
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const wentOn: { name: string; turn: number }[] = [];
  const wait = async (name: string) => {
    await breathe();
    wentOn.push({ name, turn: turns });
    work();
  };
  await Promise.all(names.map(wait));
  isOver = true;
  return { names: wentOn.map(({ name }) => name), turns: wentOn.map(({ turn }) => turn) };
};

const NAMES = ['first', 'second', 'third', 'fourth'];

test('after a long one, those who take long go on in a turn each, in the order of their coming', async () => {
  const { names, turns } = await goOnAfterLong(NAMES, takeLong);
  expect(names).toEqual(NAMES);
  expect(new Set(turns).size).toBe(NAMES.length);
});

test('nobody is forgotten, nor overtaken, where many come again and again', async () => {
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 50 }, async (_, number) => {
      for (let time = 0; time < 3; time += 1) {
        takeLong();
        await breathe();
      }
      order.push(number);
    }),
  );
  expect(order).toEqual(Array.from({ length: 50 }, (_, number) => number));
});
