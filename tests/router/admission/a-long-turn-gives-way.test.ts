import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { breathe } from '../../../router/admission/breath.ts';

/** Longer than a turn may take before it gives way. */
const takeLong = (): void => {
  breathe();
  const until = performance.now() + 5;
  while (performance.now() < until);
};

test('a turn that was short goes on', async () => {
  await nextTurn();
  expect(breathe()).toBeUndefined();
});

test('after a long one each goes on in a turn of its own, in the order of their coming', async () => {
  await nextTurn();
  takeLong();
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const wait = async (name: string) => {
    await breathe();
    return { name, turn: turns };
  };
  const [first, second, third] = await Promise.all(['first', 'second', 'third'].map(wait));
  isOver = true;
  expect([first?.name, second?.name, third?.name]).toEqual(['first', 'second', 'third']);
  expect(second?.turn).toBeGreaterThan(first?.turn ?? 0);
  expect(third?.turn).toBeGreaterThan(second?.turn ?? 0);
});
