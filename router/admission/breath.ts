/** For how long a turn of the event loop may be at it before what can wait is left for later turns, in milliseconds. */
const BUDGET_MS = 1;

/** When the present turn of this process's event loop began to work; null where nobody has asked in it yet. */
let beganMs: number | null = null;
let isEndAwaited = false;

/** Who waits for a later turn, in the order of their coming; there is an immediate for each. */
const waiting: (() => void)[] = [];

/**
 * Gives others a turn of the event loop, where this one has taken long already or others wait for theirs. Node
 * takes one new connection a turn (libuv since 1.45: https://github.com/libuv/libuv/pull/3696): where every turn is full
 * of work, clients wait at the door until they go, and are served then.
 *
 * @returns what is to be waited for; undefined where there is nothing to wait for
 */
export const breathe = (): Promise<void> | undefined => {
  if (waiting.length === 0 && hasTime()) return undefined;
  setImmediate(goOn);
  return new Promise((resolve) => waiting.push(resolve));
};

/** Whether this turn has taken less than it may. */
const hasTime = (): boolean => {
  awaitEnd();
  const nowMs = performance.now();
  beganMs ??= nowMs;
  return nowMs - beganMs < BUDGET_MS;
};

const awaitEnd = (): void => {
  if (isEndAwaited) return;
  isEndAwaited = true;
  setImmediate(() => {
    isEndAwaited = false;
    beganMs = null;
  });
};

/** Node does what follows from one immediate before the next, so that each sees how long those before it took. */
const goOn = (): void => {
  if (hasTime()) waiting.shift()?.();
  else setImmediate(goOn);
};
